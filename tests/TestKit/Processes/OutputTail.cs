namespace EventSourcing.TestKit.Processes;

/// <summary>The last lines that a process printed, and who waits for one.</summary>
internal sealed class OutputTail
{
    private const int Capacity = 5_000;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly List<(Func<string, bool> IsWanted, TaskCompletionSource<string> Found)> _waiting = [];

    public void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_lines.Count == Capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
            _waiting.RemoveAll(waiter => waiter.IsWanted(line) && waiter.Found.TrySetResult(line));
        }
    }

    public Task<string> FirstAsync(Func<string, bool> isWanted, CancellationToken stop)
    {
        lock (_lock)
        {
            if (_lines.FirstOrDefault(isWanted) is { } seen)
            {
                return Task.FromResult(seen);
            }

            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((isWanted, found));
            return found.Task.WaitAsync(stop);
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join('\n', _lines);
        }
    }
}
