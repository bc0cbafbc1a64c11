namespace EventSourcing.Receipts;

/// <content>Comparing two sets: page by page, without a look at each number.</content>
public sealed partial class SequenceSet
{
    /// <summary>How many numbers are in both sets.</summary>
    public long CountIntersection(SequenceSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (shared, mine, theirs) = (0L, 0, 0);
        while (mine < _segments.Count && theirs < other._segments.Count)
        {
            ref var left = ref At(mine);
            ref var right = ref other.At(theirs);
            shared += Shared(left, right);
            if (left.LastPage <= right.LastPage)
                mine++;
            else
                theirs++;
        }
        return shared;
    }

    /// <summary>How many numbers are in this set and not in the other.</summary>
    public long CountExcept(SequenceSet other) => Count - CountIntersection(other);

    /// <summary>How many numbers are in one of the sets or in both.</summary>
    public long CountUnion(SequenceSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Count + other.Count - CountIntersection(other);
    }

    /// <summary>The numbers as ranges, ascending and as long as possible. The set must not change meanwhile.</summary>
    public IEnumerable<SequenceRange> Ranges()
    {
        var open = default(SequenceRange);
        foreach (var segment in _segments)
        {
            foreach (var range in RangesOf(segment))
            {
                if (open.First != 0 && open.Last + 1 == range.First)
                {
                    open = open with { Last = range.Last };
                    continue;
                }
                if (open.First != 0)
                    yield return open;
                open = range;
            }
        }
        if (open.First != 0)
            yield return open;
    }

    /// <summary>The numbers of this set that the other does not hold, as ranges, ascending.</summary>
    public IEnumerable<SequenceRange> RangesExcept(SequenceSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        using var holes = other.Ranges().GetEnumerator();
        var more = holes.MoveNext();
        foreach (var range in Ranges())
        {
            var first = range.First;
            while (more && holes.Current.First <= range.Last)
            {
                if (holes.Current.First > first)
                    yield return new SequenceRange(first, holes.Current.First - 1);
                first = Math.Max(first, holes.Current.Last + 1);
                if (holes.Current.Last > range.Last)
                    break;
                more = holes.MoveNext();
            }
            if (first <= range.Last)
                yield return new SequenceRange(first, range.Last);
        }
    }

    private static long Shared(in SequenceSegment left, in SequenceSegment right)
    {
        var (first, last) = (Math.Max(left.FirstPage, right.FirstPage), Math.Min(left.LastPage, right.LastPage));
        if (first > last)
            return 0;
        return (left.IsComplete, right.IsComplete) switch
        {
            (true, true) => (last - first + 1) * SequenceSegment.PageSize,
            (true, false) => right.Filled,
            (false, true) => left.Filled,
            (false, false) => left.Shared(right),
        };
    }

    private static IEnumerable<SequenceRange> RangesOf(SequenceSegment segment)
    {
        var origin = (segment.FirstPage << SequenceSegment.PageShift) + 1;
        if (segment.IsComplete)
        {
            yield return new SequenceRange(origin, origin + segment.Count - 1);
            yield break;
        }
        for (var bit = segment.Next(0, set: true); bit < SequenceSegment.PageSize;)
        {
            var end = segment.Next(bit, set: false);
            yield return new SequenceRange(origin + bit, origin + end - 1);
            bit = segment.Next(end, set: true);
        }
    }
}
