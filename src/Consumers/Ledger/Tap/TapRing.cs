using Confluent.Kafka;

namespace EventSourcing.Ledger;

/// <summary>The last records of one kind, bounded by count and by bytes; the oldest gives way. A record larger than the bound is counted and not kept.</summary>
internal sealed class TapRing(int maxEvents, long maxBytes)
{
    private readonly Queue<TapRecord> _records = new();
    private long _bytes;

    /// <summary>Records since the last reset, kept or not.</summary>
    public long Total { get; private set; }

    public void Add(TapRecord record)
    {
        Total++;
        _records.Enqueue(record);
        _bytes += record.Bytes;
        while (_records.Count > maxEvents || (_bytes > maxBytes && _records.Count > 0))
            _bytes -= _records.Dequeue().Bytes;
    }

    /// <summary>The records kept, the newest first.</summary>
    public TapRecord[] ToArray() => [.. _records.Reverse()];

    public void Clear()
    {
        _records.Clear();
        (_bytes, Total) = (0, 0);
    }
}

/// <summary>A record in the tap; its attributes are read when somebody asks.</summary>
/// <param name="Result">The record.</param>
/// <param name="Reason">Why it is bad; null when it is good.</param>
internal sealed record TapRecord(ConsumeResult<byte[]?, byte[]?> Result, string? Reason)
{
    public long Bytes { get; } =
        (Result.Message.Key?.Length ?? 0) + (Result.Message.Value?.Length ?? 0) + (Result.Message.Headers?.BackingList.Sum(HeaderBytes) ?? 0);

    private static long HeaderBytes(IHeader header) => header.Key.Length + (header.GetValueBytes()?.Length ?? 0);
}
