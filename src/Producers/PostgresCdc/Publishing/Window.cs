namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>What is published and not receipted: bounded in count and bytes. Who enters waits for room; receipts leave on any thread.</summary>
internal sealed class Window(int maxEvents, long maxBytes)
{
    private readonly Lock _gate = new();
    private int _events;
    private long _bytes;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _empty;

    /// <summary>Events in the window.</summary>
    public int Events
    {
        get
        {
            lock (_gate)
                return _events;
        }
    }

    /// <summary>Takes room for one event; one caller at a time.</summary>
    /// <exception cref="OperationCanceledException">Stopped while it waited.</exception>
    public ValueTask EnterAsync(int bytes, CancellationToken stop)
    {
        lock (_gate)
        {
            if (TryEnter(bytes))
                return ValueTask.CompletedTask;
            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new ValueTask(WaitAsync(bytes, stop));
    }

    /// <summary>Gives room back.</summary>
    public void Leave(int bytes)
    {
        TaskCompletionSource? room, empty = null;
        lock (_gate)
        {
            _events--;
            _bytes -= bytes;
            room = _room;
            if (_events == 0)
                (empty, _empty) = (_empty, null);
        }

        room?.TrySetResult();
        empty?.TrySetResult();
    }

    /// <summary>Ends when nothing is outstanding.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_gate)
            return _events == 0 ? Task.CompletedTask : (_empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    private async Task WaitAsync(int bytes, CancellationToken stop)
    {
        while (true)
        {
            await _room!.Task.WaitAsync(stop);
            lock (_gate)
            {
                if (TryEnter(bytes))
                {
                    _room = null;
                    return;
                }

                _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    private bool TryEnter(int bytes)
    {
        if (_events > 0 && (_events >= maxEvents || _bytes + bytes > maxBytes))
            return false;
        _events++;
        _bytes += bytes;
        return true;
    }
}
