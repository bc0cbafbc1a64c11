using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Transactions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>The producer clients of the process: one per durability that its routes need, and one of its own for every transactional route.</summary>
internal sealed class ProducerSet : IDisposable
{
    private readonly Dictionary<Durability, KafkaProducer> _producers = [];
    private readonly Dictionary<string, TransactionalProducer> _transactional = new(StringComparer.Ordinal);

    /// <exception cref="OptionsValidationException">The client refuses a setting that configuration passes through.</exception>
    public ProducerSet(BackboneSettings settings, string clientId, Action suspect, ILogger logger)
    {
        foreach (var route in settings.Routes)
            if (route.Profile.Durability == Durability.Transactional)
                _transactional.Add(route.Name, BuildTransactional(settings, clientId, route, suspect, logger));
            else if (!_producers.ContainsKey(route.Profile.Durability))
                _producers.Add(route.Profile.Durability, Build(settings, clientId, route.Profile.Durability, suspect, logger));
    }

    public IRecordProducer For(RouteSettings route) =>
        route.Profile.Durability == Durability.Transactional ? _transactional[route.Name] : _producers[route.Profile.Durability];

    /// <summary>Takes the transactional ids over.</summary>
    public void Start()
    {
        foreach (var producer in _transactional.Values)
            producer.Start();
    }

    public void Dispose()
    {
        foreach (var producer in _transactional.Values)
            producer.Dispose();
        foreach (var producer in _producers.Values)
            producer.Dispose();
    }

    private static KafkaProducer Build(BackboneSettings settings, string clientId, Durability durability, Action suspect, ILogger logger) =>
        Checked(() => new KafkaProducer(ProducerConfigs.Producer(settings, clientId, durability), suspect, logger));

    private static TransactionalProducer BuildTransactional(
        BackboneSettings settings, string clientId, RouteSettings route, Action suspect, ILogger logger)
    {
        var transactions = TransactionSettings.Of(route, clientId, settings.Options.InstanceId);
        return Checked(() => new TransactionalProducer(
            transactions, () => new TransactionClient(ProducerConfigs.Transactional(settings, clientId, transactions), suspect, logger), logger));
    }

    private static T Checked<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new OptionsValidationException(
                BackboneOptions.SectionName, typeof(BackboneOptions), [$"Backbone:Client or Backbone:Producer: {exception.Message}"]);
        }
    }
}
