using System.Diagnostics;
using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>Records that share their fate: one event with its copies, or a batch.</summary>
internal sealed class TransactionUnit(IReadOnlyList<TransactionRecord> records)
{
    public IReadOnlyList<TransactionRecord> Records { get; } = records;

    /// <summary><see cref="Stopwatch.GetTimestamp"/> when it was handed over.</summary>
    public long AcceptedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>Most units its next transaction may hold; halved while the one that Kafka refuses is being looked for.</summary>
    public int MostTogether { get; set; } = int.MaxValue;

    /// <summary>Tells everybody the same: not committed, or not known.</summary>
    public void Report(Error error, PersistenceStatus status)
    {
        foreach (var record in Records)
            record.Delivered(new RecordReport { Message = record.Record, Error = error, Status = status, Partition = -1, Offset = -1 });
    }
}
