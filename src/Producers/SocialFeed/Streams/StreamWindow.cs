using EventSourcing.EventBackbone;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>
/// The events of a stream beyond its stored cursor: at most so many, in order. The cursor moves past a gap-free prefix of finished ones only, and room is
/// made when it is on disk; so after a crash at most so many events can be on the topic behind it. Thread-safe.
/// </summary>
internal sealed class StreamWindow(int capacity) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Entry> _entries = new();
    private readonly SemaphoreSlim _room = new(capacity);
    private readonly SemaphoreSlim _moved = new(0, 1);
    private readonly CancellationTokenSource _failed = new();
    private string? _finished;
    private int _finishedCount;
    private bool _isClosed;

    /// <summary>Why an event was not taken; null while all were.</summary>
    public Rejection? Failure { get; private set; }

    /// <summary>Cancelled with <see cref="Failure"/>.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>Events that are not finished.</summary>
    public int Outstanding
    {
        get
        {
            lock (_gate)
                return _entries.Count(static entry => entry.State == EntryState.Begun);
        }
    }

    /// <summary>True when every event was taken, and the cursor on disk is behind the last.</summary>
    public bool IsEmpty => _room.CurrentCount == capacity;

    /// <summary>Waits for room for one more event.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async ValueTask<Entry> EnterAsync(string cursor, CancellationToken stop)
    {
        await _room.WaitAsync(stop);
        var entry = new Entry(cursor);
        lock (_gate)
            _entries.Enqueue(entry);
        return entry;
    }

    /// <summary>The event is stored, spooled or a dead letter.</summary>
    public void Finish(Entry entry) => Settle(entry, EntryState.Finished);

    /// <summary>The event was refused for now: the cursor never passes it.</summary>
    public void Fail(Entry entry, Rejection reason)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            Failure ??= reason;
        }

        _failed.Cancel(); // before the event counts as settled: then the window may be closed
        Settle(entry, EntryState.Failed);
    }

    /// <summary>Waits until the cursor could move, or <paramref name="patience"/> is over.</summary>
    public Task WaitAsync(TimeSpan patience, CancellationToken stop) => _moved.WaitAsync(patience, stop);

    /// <summary>The cursor before which all is finished, and how many events that are since the last time; (null, 0) when it has not moved.</summary>
    public (string? Cursor, int Count) TakeFinished()
    {
        lock (_gate)
        {
            var taken = (_finished, _finishedCount);
            (_finished, _finishedCount) = (null, 0);
            return taken;
        }
    }

    /// <summary>The cursor is on disk: there is room for as many events again.</summary>
    public void Release(int count)
    {
        if (count > 0)
            _room.Release(count);
    }

    public void Dispose()
    {
        lock (_gate)
            _isClosed = true;
        _room.Dispose();
        _moved.Dispose();
        _failed.Dispose();
    }

    // An end that comes too late changes nothing: the window is closed, and its cursor stays before the event.
    private void Settle(Entry entry, EntryState state)
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            entry.State = state;
            while (_entries.TryPeek(out var first) && first.State == EntryState.Finished)
            {
                _finished = _entries.Dequeue().Cursor;
                _finishedCount++;
            }

            if (_moved.CurrentCount == 0)
                _moved.Release();
        }
    }

    /// <summary>One event.</summary>
    internal sealed class Entry(string cursor)
    {
        public string Cursor { get; } = cursor;

        public EntryState State { get; set; }
    }

    /// <summary>How far an event has come.</summary>
    internal enum EntryState
    {
        Begun,
        Finished,
        Failed,
    }
}
