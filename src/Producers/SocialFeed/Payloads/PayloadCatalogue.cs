using System.Diagnostics.CodeAnalysis;

namespace EventSourcing.SocialFeed.Payloads;

/// <summary>What the store holds, by hash, and how many bytes of its quota are taken. Not thread-safe: the store's lock guards it.</summary>
/// <param name="quota">Most bytes.</param>
internal sealed class PayloadCatalogue(long quota)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Payloads, count.</summary>
    public int Count => _entries.Count;

    /// <summary>Bytes stored and being received.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>Takes room for bytes that are being received.</summary>
    public bool TryReserve(long bytes)
    {
        if (UsedBytes + bytes > quota)
            return false;
        UsedBytes += bytes;
        return true;
    }

    /// <summary>Gives such room back.</summary>
    public void Release(long bytes) => UsedBytes -= bytes;

    public bool TryFind(string hash, [NotNullWhen(true)] out Entry? entry) => _entries.TryGetValue(hash, out entry);

    public void Add(Entry entry)
    {
        _entries.Add(entry.File.Hash, entry);
        UsedBytes += entry.Bytes;
    }

    public void Remove(Entry entry)
    {
        if (_entries.Remove(entry.File.Hash))
            UsedBytes -= entry.Bytes;
    }

    public Entry[] ReferredBefore(DateTimeOffset time) => [.. _entries.Values.Where(entry => entry.Referred < time)];

    /// <summary>A payload.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="referred">When an event last referred to it.</param>
    internal sealed class Entry(PayloadFile file, long bytes, DateTimeOffset referred)
    {
        public PayloadFile File { get; } = file;

        public long Bytes { get; } = bytes;

        public DateTimeOffset Referred { get; set; } = referred;
    }
}
