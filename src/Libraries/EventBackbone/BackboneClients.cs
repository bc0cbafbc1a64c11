using Confluent.Kafka;
using EventSourcing.EventBackbone.Consuming;
using EventSourcing.EventBackbone.Kafka;
using EventSourcing.EventBackbone.Options;

namespace EventSourcing.EventBackbone;

/// <summary>Settings for the Kafka clients that a service makes itself: the backbone's servers, <c>Backbone:Client</c> and <c>Backbone:Consumer</c>, and its quick reconnects.</summary>
public sealed class BackboneClients
{
    private const int ShortFetchWait = 10;

    private readonly BackboneSettings _settings;

    internal BackboneClients(BackboneSettings settings) => _settings = settings;

    /// <summary>
    /// For a consumer that is assigned its partitions: it is in no group and commits nothing, begins at the beginning where no offset is said, reads what is committed
    /// only, tells when it reaches an end, and holds at most 16 MiB.
    /// </summary>
    /// <param name="name">Client id and <c>group.id</c>, which librdkafka wants; no group comes to be.</param>
    public ConsumerConfig Reader(string name) => ConsumerConfigs.Reader(_settings, name);

    /// <summary>
    /// As <see cref="Reader"/>, for a consumer that reads to what is the end now: a fetch there waits 10 ms for more, not librdkafka's 500 ms, since the end, and the partition that
    /// is read next, wait behind it.
    /// </summary>
    /// <inheritdoc cref="Reader" path="/param"/>
    public ConsumerConfig ReaderToTheEnd(string name) => ConsumerConfigs.Reader(_settings, name, ShortFetchWait);

    /// <summary>For an admin client.</summary>
    /// <param name="name">Client id.</param>
    public AdminClientConfig Admin(string name) => ProducerConfigs.Admin(_settings, name);
}
