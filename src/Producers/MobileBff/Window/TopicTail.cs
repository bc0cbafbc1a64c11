using System.Text;
using Confluent.Kafka;
using EventSourcing.EventBackbone;

namespace EventSourcing.MobileBff.Window;

/// <summary>Looks events up on the topic, among the records since a time.</summary>
internal sealed class TopicTail(BackboneClients clients)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The first record of each event that is found, as a receipt.</summary>
    /// <param name="wanted">The events.</param>
    /// <param name="since">Records are read from this time on, to what is the end now.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="KafkaException">The topic cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Not done in time.</exception>
    public Dictionary<EventKey, Receipt> Find(IReadOnlySet<EventKey> wanted, DateTimeOffset since, CancellationToken stop)
    {
        var found = new Dictionary<EventKey, Receipt>();
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(clients.ReaderToTheEnd("mobile-bff-window")).SetLogHandler(static (_, _) => { }).Build();
        var open = Assign(consumer, since);
        while (open.Count > 0)
        {
            stop.ThrowIfCancellationRequested();
            if (consumer.Consume(Poll) is not { } read)
                continue;
            if (!read.IsPartitionEOF && KeyOf(read.Message) is { } key && wanted.Contains(key))
                found.TryAdd(key, Receipt.Stored(read.Topic, read.Partition.Value, read.Offset.Value));
            if (read.Offset.Value + (read.IsPartitionEOF ? 0 : 1) >= open.GetValueOrDefault(read.TopicPartition))
                open.Remove(read.TopicPartition);
        }

        return found;
    }

    // The ends of the partitions that have something to read.
    private static Dictionary<TopicPartition, long> Assign(IConsumer<byte[]?, byte[]?> consumer, DateTimeOffset since)
    {
        var timeout = TimeSpan.FromSeconds(5);
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(Routes.MobileEvents.Name, timeout).Topics.Single().Partitions
            .ConvertAll(partition => new TopicPartitionTimestamp(Routes.MobileEvents.Name, partition.PartitionId, new Timestamp(since)));
        var starts = consumer.OffsetsForTimes(partitions, timeout).Where(static start => start.Offset != Offset.End).ToList();
        var ends = starts.ToDictionary(start => start.TopicPartition, start => consumer.QueryWatermarkOffsets(start.TopicPartition, timeout).High.Value);
        consumer.Assign(starts.Select(static start => new TopicPartitionOffset(start.TopicPartition, start.Offset)));
        return ends.Where(end => starts.Exists(start => start.TopicPartition == end.Key && start.Offset < end.Value)).ToDictionary();
    }

    private static EventKey? KeyOf(Message<byte[]?, byte[]?> message) =>
        message.Key is { } key && Header(message, "ce_source") is { } source && Header(message, "ce_id") is { } id
            ? EventKey.Of(Encoding.UTF8.GetString(key), source, id)
            : null;

    private static string? Header(Message<byte[]?, byte[]?> message, string name) =>
        message.Headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;
}
