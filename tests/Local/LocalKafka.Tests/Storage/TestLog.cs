using System.Text;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Cleaning;
using EventSourcing.LocalKafka.Storage.Records;
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

    /// <summary>Compacts what can be compacted, whether or not it is worth it.</summary>
    public static void Clean(this PartitionLog log, long now, long maxMapBytes = 1 << 20)
    {
        var cleaner = new Cleaner(log, CleaningPlan.Of(log, now), now, maxMapBytes, TestContext.Current.CancellationToken);
        log.CleanedOffset = cleaner.Clean() ?? throw new InvalidOperationException("The log changed while it was cleaned.");
    }

    /// <summary>All records that a consumer would get.</summary>
    public static List<TestRecord> Records(this PartitionLog log)
    {
        var records = new List<TestRecord>();
        foreach (var batch in log.RawBatches().Where(batch => !RecordBatchHeader.Read(batch).IsControl))
        {
            Assert.Equal(RecordBatchHeader.Read(batch).Crc, Crc32C.Compute(batch.AsSpan(RecordBatchHeader.AttributesAt)));
            using var reader = new RecordReader(batch);
            while (reader.MoveNext())
                records.Add(new TestRecord(reader.Offset, reader.Timestamp, Encoding.UTF8.GetString(reader.Key), reader.HasValue ? Encoding.UTF8.GetString(reader.Value) : null));
        }

        return records;
    }

    /// <summary>What a reader who keeps the last value per key has in the end.</summary>
    public static SortedDictionary<string, string> Fold(this PartitionLog log)
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var record in log.Records())
        {
            if (record.Value is null)
                state.Remove(record.Key);
            else
                state[record.Key] = record.Value;
        }

        return state;
    }

    /// <summary>The bytes of all batches, one fetch each, as a consumer steps through them.</summary>
    public static IEnumerable<byte[]> RawBatches(this PartitionLog log)
    {
        for (var offset = log.StartOffset; offset < log.EndOffset;)
        {
            var bytes = log.ReadBytes(offset, maxBytes: 1);
            if (bytes.Length == 0)
                yield break;
            offset = RecordBatchHeader.Read(bytes).NextOffset;
            yield return bytes;
        }
    }

    /// <summary>The headers of all batches in the log.</summary>
    public static List<RecordBatchHeader> Batches(this PartitionLog log) => [.. log.RawBatches().Select(batch => RecordBatchHeader.Read(batch))];
}
