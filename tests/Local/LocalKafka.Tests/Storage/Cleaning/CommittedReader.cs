using System.Text;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Records;

namespace EventSourcing.LocalKafka.Tests.Storage.Cleaning;

/// <summary>Reads as a consumer of committed records does: drops what the aborted transactions of each fetch name, up to their markers.</summary>
internal static class CommittedReader
{
    public static SortedDictionary<string, string> Fold(PartitionLog log)
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var offset = log.StartOffset; offset < log.LastStableOffset;)
        {
            var read = log.Read(offset, maxBytes: 700, atLeastOneBatch: true, IsolationLevel.ReadCommitted);
            var bytes = new byte[read.Records.Length];
            read.Records.Read(bytes, 0);
            read.Records.Release();
            offset = Apply(bytes, read.Aborted ?? [], state);
        }

        return state;
    }

    private static long Apply(byte[] fetched, IReadOnlyList<AbortedTransaction> aborted, SortedDictionary<string, string> state)
    {
        var coming = new Queue<AbortedTransaction>(aborted.OrderBy(transaction => transaction.FirstOffset));
        var dropped = new HashSet<long>();
        var next = -1L;
        for (var position = 0; position + RecordBatchHeader.Bytes <= fetched.Length;)
        {
            var header = RecordBatchHeader.Read(fetched.AsSpan(position));
            if (position + header.SizeInBytes > fetched.Length)
                break;
            var batch = new ArraySegment<byte>(fetched, position, (int)header.SizeInBytes);
            position += batch.Count;
            next = header.NextOffset;
            while (coming.TryPeek(out var transaction) && transaction.FirstOffset <= header.LastOffset)
                dropped.Add(coming.Dequeue().ProducerId);
            if (header.IsControl && TransactionMarker.Read(batch) is { IsCommit: false })
                dropped.Remove(header.ProducerId);
            else if (!header.IsControl && !(header.IsTransactional && dropped.Contains(header.ProducerId)))
                Apply(batch, state);
        }

        return next;
    }

    private static void Apply(ArraySegment<byte> batch, SortedDictionary<string, string> state)
    {
        using var reader = new RecordReader(batch);
        while (reader.MoveNext())
        {
            var key = Encoding.UTF8.GetString(reader.Key);
            if (reader.HasValue)
                state[key] = Encoding.UTF8.GetString(reader.Value);
            else
                state.Remove(key);
        }
    }
}
