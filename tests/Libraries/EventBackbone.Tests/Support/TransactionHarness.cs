using Confluent.Kafka;
using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Publishing;
using EventSourcing.EventBackbone.Telemetry;
using EventSourcing.EventBackbone.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>One transactional route over a client under the test's control; <see cref="Start"/> lets its thread run.</summary>
internal sealed class TransactionHarness : IDisposable
{
    private readonly BackboneTelemetry _telemetry = new();
    private readonly TransactionalProducer _producer;
    private readonly Timer _ticks;

    public TransactionHarness(FakeTransactionClient client, DeliveryProfile? profile = null, params string[] copies)
    {
        Route = new Route(new TopicDeclaration("harness", "key"), (profile ?? new DeliveryProfile()) with { Durability = Durability.Transactional })
        {
            AdditionalTopics = [.. copies.Select(copy => new TopicDeclaration(copy, "key"))],
        };
        var settings = new RouteSettings(Route, Route.Profile);
        _producer = new TransactionalProducer(TransactionSettings.Of(settings, "tests", "1"), () => client, NullLogger.Instance);
        Channel = new RouteChannel(settings, _producer, spool: null, TimeSpan.FromSeconds(1), _telemetry, NullLogger.Instance);
        Publisher = new EventPublisher([Channel], NullLogger.Instance);
        _ticks = new Timer(_ => Channel.Tick(), null, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(20));
    }

    public static Error TimedOut { get; } = new(ErrorCode.Local_TimedOut);

    public Route Route { get; }
    public RouteChannel Channel { get; }
    public EventPublisher Publisher { get; }
    public RouteStatistics Books => Channel.GetStatistics();

    public void Start() => _producer.Start();

    /// <summary>A batch of events with these sequences, handed over.</summary>
    public async Task<Receipt[]> PublishAsync(CancellationToken stop, params long[] sequences)
    {
        using var batch = Publisher.CreateBatch(Route, sequences.Length);
        foreach (var sequence in sequences)
            batch.Add(Events.New(sequence, "key"));
        return (await batch.CompleteAsync(stop)).ToArray();
    }

    public void Dispose()
    {
        _ticks.Dispose();
        Channel.Close();
        _producer.Dispose();
        _telemetry.Dispose();
    }
}
