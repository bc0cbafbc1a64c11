using EventSourcing.LocalKafka.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.LocalKafka.Tests.Storage;

/// <summary>Opens logs of one folder, as starts of a broker would, and reads them back.</summary>
internal static class TestLog
{
    public static FakeTimeProvider Clock() => new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));

    /// <summary>Opens after a crash, unless <paramref name="recoveryPoint"/> says what is known to be whole.</summary>
    public static PartitionLog Open(string folder, LogConfig? config = null, long recoveryPoint = 0, long startOffset = 0, TimeProvider? time = null)
    {
        var clock = time ?? Clock();
        var state = new LogLoader(clock, NullLogger.Instance).Load(folder, recoveryPoint, startOffset);
        return new PartitionLog(folder, config ?? LogConfig.Default, state, clock, NullLogger.Instance);
    }

    public static LogAppendResult Append(this PartitionLog log, TestBatch batch)
    {
        var bytes = batch.ToBytes();
        return log.Append(bytes, RecordBatchHeader.Read(bytes), new OpenTransactions());
    }

    public static byte[] ReadBytes(this PartitionLog log, long offset, int maxBytes = int.MaxValue, IsolationLevel isolation = IsolationLevel.ReadUncommitted)
    {
        var slice = log.Read(offset, maxBytes, atLeastOneBatch: true, isolation).Records;
        var bytes = new byte[slice.Length];
        if (slice.Length > 0)
            slice.Read(bytes, 0);
        slice.Release();
        return bytes;
    }

    /// <summary>Ends a producer's transaction.</summary>
    public static LogAppendResult End(this PartitionLog log, bool commit, long producerId = 7, short epoch = 0) =>
        log.AppendMarker(new TransactionMarker(producerId, epoch, commit, CoordinatorEpoch: 0));

    /// <summary>The headers of all batches in the log.</summary>
    public static List<RecordBatchHeader> Batches(this PartitionLog log)
    {
        var batches = new List<RecordBatchHeader>();
        for (var offset = log.StartOffset; offset < log.EndOffset; offset = batches[^1].NextOffset)
            batches.Add(RecordBatchHeader.Read(log.ReadBytes(offset, maxBytes: 1)));
        return batches;
    }
}
