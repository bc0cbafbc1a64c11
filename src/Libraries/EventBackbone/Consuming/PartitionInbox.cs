using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>The records of one partition that wait to be handled, from its assignment to its revocation. Guarded by the inbox's lock.</summary>
internal sealed class PartitionInbox(TopicPartition partition)
{
    private readonly Queue<ConsumedRecord> _records = new();

    public TopicPartition Partition { get; } = partition;
    public int Count => _records.Count;
    public long Bytes { get; private set; }
    public bool IsPaused { get; set; }

    /// <summary>Records taken and not handled yet.</summary>
    public int InHand { get; set; }

    /// <summary>Everything before this offset is handled; -1 before anything is known.</summary>
    public long HandledBefore { get; set; } = -1;

    /// <summary>The end of the partition when the consumer last stood there; -1 before.</summary>
    public long EndSeen { get; set; } = -1;

    /// <summary>The position of the group in this partition, as far as it is known here.</summary>
    public long Position => Count + InHand == 0 ? Math.Max(HandledBefore, EndSeen) : HandledBefore;

    public void Add(ConsumedRecord record)
    {
        if (HandledBefore < 0)
            HandledBefore = record.Offset.Value;
        _records.Enqueue(record);
        Bytes += SizeOf(record);
    }

    public ConsumedRecord Take()
    {
        var record = _records.Dequeue();
        Bytes -= SizeOf(record);
        InHand++;
        return record;
    }

    private static int SizeOf(ConsumedRecord record) => (record.Message.Key?.Length ?? 0) + (record.Message.Value?.Length ?? 0);
}
