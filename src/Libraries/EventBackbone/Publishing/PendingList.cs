namespace EventSourcing.EventBackbone.Publishing;

/// <summary>Events in the order of acceptance; adding and removing any of them costs the same few writes. Guarded by its owner's lock.</summary>
internal sealed class PendingList
{
    public int Count { get; private set; }
    public PendingEvent? First { get; private set; }
    private PendingEvent? Last { get; set; }

    public void AddLast(PendingEvent pending)
    {
        pending.Previous = Last;
        pending.Next = null;
        if (Last is null)
            First = pending;
        else
            Last.Next = pending;
        Last = pending;
        Count++;
    }

    public void AddFirst(PendingEvent pending)
    {
        pending.Previous = null;
        pending.Next = First;
        if (First is null)
            Last = pending;
        else
            First.Previous = pending;
        First = pending;
        Count++;
    }

    public void Remove(PendingEvent pending)
    {
        if (pending.Previous is null)
            First = pending.Next;
        else
            pending.Previous.Next = pending.Next;
        if (pending.Next is null)
            Last = pending.Previous;
        else
            pending.Next.Previous = pending.Previous;
        pending.Previous = pending.Next = null;
        Count--;
    }

    public PendingEvent? RemoveFirst()
    {
        var first = First;
        if (first is not null)
            Remove(first);
        return first;
    }
}
