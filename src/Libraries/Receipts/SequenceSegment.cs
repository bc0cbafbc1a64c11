using System.Numerics;

namespace EventSourcing.Receipts;

/// <summary>A run of complete pages (<see cref="Bits"/> is null), or one page of which some numbers are missing.</summary>
internal struct SequenceSegment
{
    public const int PageShift = 12;
    public const int PageSize = 1 << PageShift;
    private const int WordShift = 6;
    private const int WordsPerPage = PageSize >> WordShift;

    public long FirstPage;
    public long LastPage;
    public ulong[]? Bits;
    public int Filled;

    public static SequenceSegment Complete(long firstPage, long lastPage) => new() { FirstPage = firstPage, LastPage = lastPage };

    public static SequenceSegment Open(long page) => new() { FirstPage = page, LastPage = page, Bits = [] };

    public readonly bool IsComplete => Bits is null;

    public readonly long Count => IsComplete ? (LastPage - FirstPage + 1) * PageSize : Filled;

    public readonly bool Contains(int bit)
    {
        var word = bit >> WordShift;
        return Bits is null || (word < Bits.Length && (Bits[word] & (1UL << bit)) != 0);
    }

    /// <summary>Sets the bits <paramref name="first"/> to <paramref name="last"/> of an open page; how many were new.</summary>
    public int Set(int first, int last)
    {
        EnsureWords((last >> WordShift) + 1);
        var added = 0;
        for (var word = first >> WordShift; word <= last >> WordShift; word++)
        {
            var fresh = MaskOf(word, first, last) & ~Bits![word];
            Bits[word] |= fresh;
            added += BitOperations.PopCount(fresh);
        }
        Filled += added;
        return added;
    }

    /// <summary>How many numbers two open segments of the same page share.</summary>
    public readonly int Shared(in SequenceSegment other)
    {
        var shared = 0;
        for (var word = 0; word < Math.Min(Bits!.Length, other.Bits!.Length); word++)
            shared += BitOperations.PopCount(Bits[word] & other.Bits[word]);
        return shared;
    }

    public readonly SequenceSegment Clone() => this with { Bits = (ulong[]?)Bits?.Clone() };

    /// <summary>The first position at or after <paramref name="from"/> whose bit is <paramref name="set"/>; <see cref="PageSize"/> when there is none.</summary>
    public readonly int Next(int from, bool set)
    {
        for (var bit = from; bit < PageSize; bit = ((bit >> WordShift) + 1) << WordShift)
        {
            var word = bit >> WordShift;
            var bits = word < Bits!.Length ? Bits[word] : 0;
            var candidates = (set ? bits : ~bits) & (ulong.MaxValue << bit);
            if (candidates != 0)
                return (word << WordShift) + BitOperations.TrailingZeroCount(candidates);
        }
        return PageSize;
    }

    private void EnsureWords(int words)
    {
        if (words > Bits!.Length)
            Array.Resize(ref Bits, Math.Min(WordsPerPage, (int)BitOperations.RoundUpToPowerOf2((uint)words)));
    }

    private static ulong MaskOf(int word, int first, int last)
    {
        var mask = ulong.MaxValue;
        if (word == first >> WordShift)
            mask &= ulong.MaxValue << first;
        if (word == last >> WordShift)
            mask &= ulong.MaxValue >> (63 - (last & 63));
        return mask;
    }
}
