using System.IO.Hashing;

namespace EventSourcing.Ledger;

/// <summary>
/// The last sequence seen per source and record key, for the order check. Bounded: the key that was idle longest gives way, and that is counted.
/// Keys are held as 128-bit hashes, so a key's length costs nothing.
/// </summary>
internal sealed class LastSequences
{
    private const int None = -1;

    private readonly Dictionary<UInt128, int> _slots = [];
    private readonly List<Slot> _ring = [];
    private readonly int _capacity;
    private int _newest = None;
    private int _oldest = None;

    public LastSequences(int capacity) => _capacity = capacity;

    public int Count => _ring.Count;

    /// <summary>Keys that gave way; the next event of such a key starts a new check.</summary>
    public long Forgotten { get; private set; }

    /// <summary>True when <paramref name="sequence"/> follows the last one of this source and key, or is the first.</summary>
    /// <param name="account">The number of the source's account.</param>
    /// <param name="partition">Takes the key's place when there is none: without a key Kafka orders within a partition only.</param>
    /// <param name="key">The record key.</param>
    /// <param name="sequence">The event's sequence.</param>
    public bool Advance(long account, int partition, byte[]? key, long sequence)
    {
        var index = Touch(Hash(account, partition, key));
        var slot = _ring[index];
        if (sequence < slot.Last)
            return false;
        _ring[index] = slot with { Last = sequence };
        return true;
    }

    private static UInt128 Hash(long account, int partition, byte[]? key) => key is null
        ? XxHash128.HashToUInt128(BitConverter.GetBytes(partition), ~account)
        : XxHash128.HashToUInt128(key, account);

    private int Touch(UInt128 hash)
    {
        if (_slots.TryGetValue(hash, out var index))
        {
            if (index != _newest)
            {
                Unlink(index);
                LinkNewest(index);
            }
            return index;
        }
        index = _ring.Count < _capacity ? Append() : TakeOldest();
        _ring[index] = new Slot(hash, 0, None, None);
        _slots.Add(hash, index);
        LinkNewest(index);
        return index;
    }

    private int Append()
    {
        _ring.Add(default);
        return _ring.Count - 1;
    }

    private int TakeOldest()
    {
        var index = _oldest;
        Unlink(index);
        _slots.Remove(_ring[index].Hash);
        Forgotten++;
        return index;
    }

    private void Unlink(int index)
    {
        var (_, _, older, newer) = _ring[index];
        if (older == None)
            _oldest = newer;
        else
            _ring[older] = _ring[older] with { Newer = newer };
        if (newer == None)
            _newest = older;
        else
            _ring[newer] = _ring[newer] with { Older = older };
    }

    private void LinkNewest(int index)
    {
        _ring[index] = _ring[index] with { Older = _newest, Newer = None };
        if (_newest == None)
            _oldest = index;
        else
            _ring[_newest] = _ring[_newest] with { Newer = index };
        _newest = index;
    }

    private readonly record struct Slot(UInt128 Hash, long Last, int Older, int Newer);
}
