using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Contracts;
using EventSourcing.PostgresCdc.Options;
using EventSourcing.PostgresCdc.Publishing;
using Microsoft.Extensions.Options;

namespace EventSourcing.PostgresCdc.Positions;

/// <summary>Keeps the position of the slot where its changes are: on a compacted topic, keyed by slot. So a service that starts on another machine finds it.</summary>
internal sealed class PositionStore(EventPublisher publisher, TopicReader topics, EventFactory factory, CapturePlan plan, IOptions<CdcOptions> options, TimeProvider time)
{
    /// <summary>The last position stored; null when there is none.</summary>
    /// <exception cref="Confluent.Kafka.KafkaException">The topic cannot be read.</exception>
    public Position? Read(CancellationToken stop) => topics.ReadPosition(plan.Positions.Name, options.Value.Slot, stop);

    /// <summary>Stores a position; false when the backbone refused.</summary>
    public async Task<bool> StoreAsync(byte[] json, ulong lsn, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var record = factory.CreateOfDatabase(EventTypes.Position, $"{Position.Hex(lsn)}-{now.UtcTicks}", options.Value.Slot, now, json);
        return (await publisher.PublishAsync(plan.Positions, record, stop)).IsAccepted;
    }
}
