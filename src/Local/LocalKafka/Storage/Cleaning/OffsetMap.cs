using System.IO.Hashing;

namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>
/// Where each key was last seen: a hash table of 24 bytes per key that holds hashes (XXH128 with a random seed), not keys, in memory of a stated
/// size. Keys whose 128 bits agree are taken for one: among a thousand million keys one in 10^20.
/// </summary>
internal sealed class OffsetMap
{
    public const int SlotBytes = 24;
    public const long None = -1;
    private const double LoadFactor = 0.9;
    private readonly Slot[] _slots;
    private readonly int _capacity;
    private readonly long _seed = Random.Shared.NextInt64();

    /// <param name="keys">How many keys there can be.</param>
    /// <param name="maxBytes">Most memory to take for them, at least two slots.</param>
    public OffsetMap(long keys, long maxBytes)
    {
        var wanted = Math.Min(keys, int.MaxValue / 2) / LoadFactor + 2;
        _slots = new Slot[(int)Math.Min(Math.Max(2, maxBytes / SlotBytes), (long)wanted)];
        _capacity = Math.Max(1, (int)(_slots.Length * LoadFactor));
    }

    public int Count { get; private set; }

    /// <summary>Notes a later offset of a key; false when the map is full and does not know the key.</summary>
    public bool TryPut(ReadOnlySpan<byte> key, long offset)
    {
        ref var slot = ref Find(key, out var hash);
        if (!slot.IsUsed)
        {
            if (Count == _capacity)
                return false;
            slot.Hash = hash;
            Count++;
        }

        slot.NextOffset = offset + 1;
        return true;
    }

    /// <summary>The last offset of a key; <see cref="None"/> when it is not known.</summary>
    public long Find(ReadOnlySpan<byte> key) => Find(key, out _).NextOffset - 1;

    private ref Slot Find(ReadOnlySpan<byte> key, out UInt128 hash)
    {
        hash = XxHash128.HashToUInt128(key, _seed);
        var at = (int)((ulong)hash % (ulong)_slots.Length);
        while (_slots[at].IsUsed && _slots[at].Hash != hash)
            at = at + 1 == _slots.Length ? 0 : at + 1;
        return ref _slots[at];
    }

    private struct Slot
    {
        private ulong _upper;
        private ulong _lower;

        /// <summary>0 marks a slot that is free.</summary>
        public long NextOffset;

        public readonly bool IsUsed => NextOffset > 0;

        public UInt128 Hash
        {
            readonly get => new(_upper, _lower);
            set => (_upper, _lower) = ((ulong)(value >> 64), (ulong)value);
        }
    }
}
