using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace EventSourcing.Receipts;

/// <summary>
/// A set of sequence numbers (1 to <see cref="MaxSequence"/>) whose memory does not grow with the number of events: pages of 4,096 numbers
/// that are complete join into one run, the others cost a bit per number. Not thread-safe.
/// </summary>
/// <remarks>
/// The bound: at most <c>maxSegments</c> runs and incomplete pages, at most 560 bytes each (4.6 MB at the default). A number that would need one more is
/// refused and counted in <see cref="Refused"/>: a set that refused something is no longer exact, and says so.
/// </remarks>
[JsonConverter(typeof(SequenceSetJsonConverter))]
public sealed partial class SequenceSet
{
    /// <summary>The largest sequence number: 12 digits, as the <c>sequence</c> attribute is written.</summary>
    public const long MaxSequence = 999_999_999_999;

    /// <summary>Runs and incomplete pages that a set holds unless told otherwise.</summary>
    public const int DefaultMaxSegments = 8_192;

    private readonly List<SequenceSegment> _segments = [];
    private readonly int _maxSegments;
    private readonly SegmentBudget? _budget;
    private int _recent;

    /// <summary>Makes an empty set.</summary>
    /// <param name="maxSegments">Most runs and incomplete pages, count, 1 or more.</param>
    /// <param name="budget">A further bound, shared with other sets; null for none.</param>
    public SequenceSet(int maxSegments = DefaultMaxSegments, SegmentBudget? budget = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSegments, 1);
        (_maxSegments, _budget) = (maxSegments, budget);
    }

    /// <summary>How many numbers are in the set.</summary>
    public long Count { get; private set; }

    /// <summary>How many numbers were not taken because the set is too fragmented; 0 means that the set is exact.</summary>
    public long Refused { get; private set; }

    /// <summary>How many runs and incomplete pages the set holds: what its memory grows with.</summary>
    public int Segments => _segments.Count;

    /// <summary>Adds a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1 or above <see cref="MaxSequence"/>.</exception>
    public SequenceAddition Add(long sequence)
    {
        ThrowIfOutOfRange(sequence);
        var page = PageOf(sequence);
        var index = Find(page);
        if (index >= 0 && _segments[index].Contains(BitOf(sequence)))
            return SequenceAddition.Present;
        return AddBits(page, BitOf(sequence), BitOf(sequence)) > 0 ? SequenceAddition.Added : SequenceAddition.Refused;
    }

    /// <summary>Adds <paramref name="first"/> to <paramref name="last"/>, both included; how many were new.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An end is out of range, or they are the wrong way round.</exception>
    public long AddRange(long first, long last)
    {
        ThrowIfOutOfRange(first);
        ThrowIfOutOfRange(last);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        var before = Count;
        var (page, lastPage) = (PageOf(first), PageOf(last));
        var (bit, lastBit) = (BitOf(first), BitOf(last));
        if (page == lastPage)
            return AddBits(page, bit, lastBit);
        if (bit != 0)
            AddBits(page++, bit, SequenceSegment.PageSize - 1);
        if (lastBit != SequenceSegment.PageSize - 1)
            AddBits(lastPage--, 0, lastBit);
        if (page <= lastPage)
            AddPages(page, lastPage);
        return Count - before;
    }

    /// <summary>True when the number is in the set.</summary>
    public bool Contains(long sequence)
    {
        if (sequence is < 1 or > MaxSequence)
            return false;
        var index = Find(PageOf(sequence));
        return index >= 0 && _segments[index].Contains(BitOf(sequence));
    }

    /// <summary>Adds all numbers of <paramref name="other"/>.</summary>
    public void UnionWith(SequenceSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var range in other.Ranges())
            AddRange(range.First, range.Last);
        Refused += other.Refused;
    }

    /// <summary>Empties the set and gives its share of the budget back.</summary>
    public void Clear()
    {
        ReturnToBudget(_segments.Count);
        _segments.Clear();
        (Count, Refused) = (0, 0);
    }

    /// <summary>A set of its own with the same numbers, without a shared budget.</summary>
    public SequenceSet Clone()
    {
        var clone = new SequenceSet(_maxSegments) { Count = Count, Refused = Refused };
        foreach (var segment in _segments)
            clone._segments.Add(segment.Clone());
        return clone;
    }

    private static long PageOf(long sequence) => (sequence - 1) >> SequenceSegment.PageShift;

    private static int BitOf(long sequence) => (int)((sequence - 1) & (SequenceSegment.PageSize - 1));

    private static void ThrowIfOutOfRange(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sequence, MaxSequence);
    }

    private ref SequenceSegment At(int index) => ref CollectionsMarshal.AsSpan(_segments)[index];
}
