using EventSourcing.EventBackbone.Options;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>The producer clients of the process: one per durability that its routes need.</summary>
internal sealed class ProducerSet : IDisposable
{
    private readonly Dictionary<Durability, KafkaProducer> _producers = [];

    /// <exception cref="OptionsValidationException">The client refuses a setting that configuration passes through.</exception>
    public ProducerSet(BackboneSettings settings, string clientId, Action suspect, ILogger logger)
    {
        foreach (var durability in settings.Routes.Select(route => route.Profile.Durability).Distinct())
            _producers.Add(durability, Build(settings, clientId, durability, suspect, logger));
    }

    public IRecordProducer For(RouteSettings route) => _producers[route.Profile.Durability];

    public void Dispose()
    {
        foreach (var producer in _producers.Values)
            producer.Dispose();
    }

    private static KafkaProducer Build(BackboneSettings settings, string clientId, Durability durability, Action suspect, ILogger logger)
    {
        try
        {
            return new KafkaProducer(ProducerConfigs.Producer(settings, clientId, durability), suspect, logger);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new OptionsValidationException(
                BackboneOptions.SectionName, typeof(BackboneOptions), [$"Backbone:Client or Backbone:Producer: {exception.Message}"]);
        }
    }
}
