namespace EventSourcing.EventBackbone.Publishing;

/// <summary>Callers that wait for room, first come first served. Guarded by its owner's lock.</summary>
internal sealed class RoomWaiters
{
    private readonly LinkedList<TaskCompletionSource> _waiters = new();

    public int Count => _waiters.Count;

    /// <summary>A place in the line; <paramref name="first"/> for one that was woken and found too little room.</summary>
    public Task Enter(bool first)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = first ? _waiters.AddFirst(waiter) : _waiters.AddLast(waiter);
        return waiter.Task;
    }

    /// <summary>Takes a caller that gave up out of the line; false when it was woken already and must pass that on.</summary>
    public bool Leave(Task waiting)
    {
        for (var node = _waiters.First; node is not null; node = node.Next)
            if (node.Value.Task == waiting)
            {
                _waiters.Remove(node);
                return true;
            }
        return false;
    }

    public void WakeFirst()
    {
        if (_waiters.First is not { } node)
            return;
        _waiters.Remove(node);
        node.Value.SetResult();
    }

    public void WakeAll()
    {
        while (_waiters.Count > 0)
            WakeFirst();
    }
}
