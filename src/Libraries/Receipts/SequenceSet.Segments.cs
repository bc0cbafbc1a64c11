namespace EventSourcing.Receipts;

/// <content>The list of segments: sorted by page, never overlapping, complete neighbours joined.</content>
public sealed partial class SequenceSet
{
    /// <summary>The segment that covers the page, or the complement of where it would go.</summary>
    private int Find(long page)
    {
        if (_recent < _segments.Count && Covers(_recent, page))
            return _recent;
        var (low, high) = (0, _segments.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (Covers(middle, page))
                return _recent = middle;
            if (At(middle).LastPage < page)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private bool Covers(int index, long page) => At(index).FirstPage <= page && page <= At(index).LastPage;

    private long AddBits(long page, int first, int last)
    {
        var index = Find(page);
        if (index < 0)
        {
            if (!HasRoom(last - first + 1))
                return 0;
            index = ~index;
            Insert(index, SequenceSegment.Open(page));
        }
        ref var segment = ref At(index);
        if (segment.IsComplete)
            return 0;
        var added = segment.Set(first, last);
        Count += added;
        if (segment.Filled == SequenceSegment.PageSize)
        {
            segment = SequenceSegment.Complete(page, page);
            JoinNeighbours(index);
        }
        return added;
    }

    private void AddPages(long first, long last)
    {
        var start = Find(first);
        if (start < 0)
            start = ~start;
        var end = start;
        while (end < _segments.Count && _segments[end].FirstPage <= last)
        {
            Count -= _segments[end].Count;
            first = Math.Min(first, _segments[end].FirstPage);
            last = Math.Max(last, _segments[end].LastPage);
            end++;
        }
        if (end == start && !HasRoom((last - first + 1) * SequenceSegment.PageSize))
            return;
        _segments.RemoveRange(start, end - start);
        ReturnToBudget(end - start);
        Insert(start, SequenceSegment.Complete(first, last));
        Count += _segments[start].Count;
        JoinNeighbours(start);
    }

    private bool HasRoom(long numbers)
    {
        if (_segments.Count < _maxSegments && _budget is not { HasRoom: false })
            return true;
        Refused += numbers;
        return false;
    }

    private void JoinNeighbours(int index)
    {
        if (index + 1 < _segments.Count && Joins(index, index + 1))
            Join(index, index + 1);
        if (index > 0 && Joins(index - 1, index))
            Join(index - 1, index);
    }

    private bool Joins(int left, int right) =>
        At(left).IsComplete && At(right).IsComplete && At(left).LastPage + 1 == At(right).FirstPage;

    private void Join(int left, int right)
    {
        At(left).LastPage = At(right).LastPage;
        _segments.RemoveAt(right);
        ReturnToBudget(1);
    }

    private void Insert(int index, SequenceSegment segment)
    {
        _segments.Insert(index, segment);
        _budget?.Used += 1;
    }

    private void ReturnToBudget(int segments) => _budget?.Used -= segments;
}
