using EventSourcing.EventBackbone.Options;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>The producer clients of the process: one per kind that its routes need.</summary>
internal sealed class ProducerSet : IDisposable
{
    private readonly Dictionary<ProducerKind, KafkaProducer> _producers = [];

    /// <exception cref="OptionsValidationException">The client refuses a setting that configuration passes through.</exception>
    public ProducerSet(BackboneSettings settings, string clientId, Action suspect, ILogger logger)
    {
        foreach (var kind in settings.Routes.Select(route => ProducerKind.Of(route.Profile, route.UsesSpool)).Distinct())
            _producers.Add(kind, Build(settings, clientId, kind, suspect, logger));
    }

    public IRecordProducer For(RouteSettings route) => _producers[ProducerKind.Of(route.Profile, route.UsesSpool)];

    public void Dispose()
    {
        foreach (var producer in _producers.Values)
            producer.Dispose();
    }

    private static KafkaProducer Build(BackboneSettings settings, string clientId, ProducerKind kind, Action suspect, ILogger logger)
    {
        try
        {
            return new KafkaProducer(ProducerConfigs.Producer(settings, clientId, kind), suspect, logger);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new OptionsValidationException(
                BackboneOptions.SectionName, typeof(BackboneOptions), [$"Backbone:Client or Backbone:Producer: {exception.Message}"]);
        }
    }
}
