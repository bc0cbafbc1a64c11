using System.Text;
using Confluent.Kafka;
using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.PostgresCdc.Positions;

/// <summary>Reads the ends of topics.</summary>
internal sealed class TopicReader(BackboneClients clients, IOptions<CdcOptions> options)
{
    private readonly int _firstStep = Math.Max(1_000, 4 * options.Value.PollRows);   // holds the last poll, with tombstones

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>The position of a slot, the last one stored; null when there is none.</summary>
    /// <exception cref="KafkaException">The topic cannot be read.</exception>
    public Position? ReadPosition(string topic, string slot, CancellationToken stop)
    {
        using var consumer = Open();
        Position? position = null;
        foreach (var partition in Partitions(consumer, topic))
        {
            WalkBack(consumer, partition, () => position is not null, record =>
            {
                if (record.Message.Key is { } key && Encoding.UTF8.GetString(key) == slot && record.Message.Value is { } value)
                    position = Position.FromJson(value) ?? position;
            }, stop);
        }

        return position;
    }

    /// <summary>What the topics hold beyond <paramref name="lsn"/>, every partition read back until a change before it.</summary>
    /// <exception cref="KafkaException">A topic cannot be read.</exception>
    public TailState ReadTail(IEnumerable<string> topics, ulong lsn, CancellationToken stop)
    {
        var tail = new TailState();
        using var consumer = Open();
        foreach (var topic in topics)
        {
            var partitions = Partitions(consumer, topic);
            tail.AddTopic(topic, partitions.Count, partitions.Exists(partition => consumer.QueryWatermarkOffsets(partition, Timeout).High > 0));
            foreach (var partition in partitions)
            {
                var isBack = false;
                WalkBack(consumer, partition, () => isBack, record => isBack |= Note(tail, record, lsn), stop);
            }
        }

        return tail;
    }

    private static bool Note(TailState tail, ConsumeResult<byte[]?, byte[]?> record, ulong lsn)
    {
        var mark = ChangeMark.Parse(Header(record, "ce_cdcmark") ?? Header(record, "ce_id"));
        var sequence = long.TryParse(Header(record, "ce_sequence"), out var number) ? number : 0;
        tail.Add(record.Topic, record.Partition.Value, mark, Header(record, "ce_source"), Header(record, "ce_id"), sequence, lsn);
        return mark is not { } found || found.Lsn < lsn;       // rows of snapshots and polls have no mark: what is before them is of no interest
    }

    // Steps that double, from the end backwards; each is read forwards to where the one before began.
    private void WalkBack(
        IConsumer<byte[]?, byte[]?> consumer, TopicPartition partition, Func<bool> isDone, Action<ConsumeResult<byte[]?, byte[]?>> read, CancellationToken stop)
    {
        var offsets = consumer.QueryWatermarkOffsets(partition, Timeout);
        var end = offsets.High.Value;
        for (var step = (long)_firstStep; end > offsets.Low.Value && !isDone(); step *= 2)
        {
            var start = Math.Max(offsets.Low.Value, end - step);
            ReadRange(consumer, partition, start, end, read, stop);
            end = start;
        }
    }

    private static void ReadRange(
        IConsumer<byte[]?, byte[]?> consumer, TopicPartition partition, long start, long end, Action<ConsumeResult<byte[]?, byte[]?>> read, CancellationToken stop)
    {
        consumer.Assign(new TopicPartitionOffset(partition, start));
        for (var next = start; next < end;)
        {
            stop.ThrowIfCancellationRequested();
            if (consumer.Consume(Poll) is not { } record)
                continue;
            next = record.Offset.Value + (record.IsPartitionEOF ? 0 : 1);
            if (!record.IsPartitionEOF && record.Offset.Value < end)
                read(record);
            if (record.IsPartitionEOF)
                break;
        }

        consumer.Unassign();
    }

    private static List<TopicPartition> Partitions(IConsumer<byte[]?, byte[]?> consumer, string topic)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var found = admin.GetMetadata(topic, Timeout).Topics.Single();
        if (found.Error.IsError || found.Partitions.Count == 0)
            throw new KafkaException(found.Error.IsError ? found.Error : new Error(ErrorCode.UnknownTopicOrPart));
        return found.Partitions.ConvertAll(partition => new TopicPartition(topic, partition.PartitionId));
    }

    private static string? Header(ConsumeResult<byte[]?, byte[]?> record, string name) =>
        record.Message.Headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;

    private IConsumer<byte[]?, byte[]?> Open() =>
        new ConsumerBuilder<byte[]?, byte[]?>(clients.ReaderToTheEnd("postgres-cdc-tail")).SetLogHandler(static (_, _) => { }).Build();
}
