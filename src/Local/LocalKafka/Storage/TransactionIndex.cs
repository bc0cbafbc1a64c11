namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// The transactions whose abort markers lie in one segment, in the order of the markers: Kafka's <c>.txnindex</c> file, which is there only when
/// there is such a transaction. The entries stay in memory (32 bytes each). One writer at a time; readers need no lock.
/// </summary>
internal sealed class TransactionIndex(string path)
{
    private volatile AbortedTransaction[] _entries = [];
    private volatile int _count;

    public int Count => _count;

    public void Clear()
    {
        _count = 0;
        _entries = [];
        File.Delete(path);
    }

    /// <summary>Takes the file as it is; false when it is none of its kind: rebuild it.</summary>
    public bool TryOpen()
    {
        var bytes = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (bytes.Length % AbortedTransaction.Bytes != 0)
            return false;
        var entries = new AbortedTransaction[bytes.Length / AbortedTransaction.Bytes];
        for (var i = 0; i < entries.Length; i++)
        {
            if (!AbortedTransaction.TryRead(bytes.AsSpan(i * AbortedTransaction.Bytes), out entries[i]))
                return false;
        }

        _entries = entries;
        _count = entries.Length;
        return true;
    }

    /// <summary>Adds an entry to the file and to what readers see.</summary>
    /// <exception cref="IOException">The file cannot be written; the entry was not added.</exception>
    public void Append(in AbortedTransaction transaction)
    {
        Span<byte> bytes = stackalloc byte[AbortedTransaction.Bytes];
        transaction.Write(bytes);
        using (var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
            RandomAccess.Write(file, bytes, (long)_count * AbortedTransaction.Bytes);

        var entries = _entries;
        if (_count == entries.Length)
            Array.Resize(ref entries, Math.Max(4, entries.Length * 2));
        entries[_count] = transaction;
        _entries = entries;
        _count++;
    }

    /// <summary>
    /// Adds to <paramref name="found"/> the transactions with records in [<paramref name="from"/>, <paramref name="upperBound"/>).
    /// True when later segments cannot hold another one.
    /// </summary>
    public bool Collect(long from, long upperBound, List<AbortedTransaction> found)
    {
        var entries = _entries.AsSpan(0, _count);
        foreach (ref readonly var entry in entries[FirstEndingAtOrAfter(entries, from)..])
        {
            if (entry.FirstOffset < upperBound)
                found.Add(entry);
            if (entry.LastStableOffset >= upperBound)
                return true;
        }

        return false;
    }

    /// <summary>Waits until the disk has the file.</summary>
    public void Flush()
    {
        if (_count == 0)
            return;
        using var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    public void Delete() => File.Delete(path);

    private static int FirstEndingAtOrAfter(ReadOnlySpan<AbortedTransaction> entries, long offset)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (entries[middle].LastOffset < offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
