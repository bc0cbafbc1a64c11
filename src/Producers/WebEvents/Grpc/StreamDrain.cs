namespace EventSourcing.WebEvents.Grpc;

/// <summary>
/// Ends the open streams before the server stops. A server that stops closes a connection as soon as its last stream has ended, and a client
/// whose side of the stream is still open may then see the end of the connection (INTERNAL) instead of the status that was sent before it.
/// </summary>
internal sealed class StreamDrain(TimeProvider clock) : IHostedLifecycleService, IDisposable
{
    // For the status to reach the clients and be read there.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _places = 1; // one for each open stream, and one until the service stops

    /// <summary>Streams are to be read no more; what was read is still answered.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Counts a stream as open until the result is disposed.</summary>
    public IDisposable Enter()
    {
        Interlocked.Increment(ref _places);
        return new Place(this);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var hadStreams = Volatile.Read(ref _places) > 1;
        await _stopping.CancelAsync();
        Leave();
        if (!hadStreams)
            return;
        await _drained.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // or the host's patience is over
        await Task.Delay(Grace, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private void Leave()
    {
        if (Interlocked.Decrement(ref _places) == 0)
            _drained.TrySetResult();
    }

    private sealed class Place(StreamDrain drain) : IDisposable
    {
        public void Dispose() => drain.Leave();
    }
}
