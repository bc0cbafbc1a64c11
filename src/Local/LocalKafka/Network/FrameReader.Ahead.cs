namespace EventSourcing.LocalKafka.Network;

/// <summary>Reading ahead while a request waits, so that a client that has gone does not keep its connection until the wait is over.</summary>
internal sealed partial class FrameReader
{
    private Task<int>? _ahead;

    /// <summary>Cancels <paramref name="ended"/> when the peer ends the connection; what it sends ahead instead is kept for the next frame.</summary>
    public void WatchPeer(CancellationTokenSource ended)
    {
        if (_ahead is null && _end < _small.Length)
            _ahead = ReadAheadAsync(ended);
    }

    private async Task<int> ReadAheadAsync(CancellationTokenSource ended)
    {
        var read = 0;
        try
        {
            read = await stream.ReadAsync(_small.AsMemory(_end), CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Reset instead of ended: the peer has gone all the same.
        }

        if (read == 0)
            End(ended);
        return read;
    }

    private static void End(CancellationTokenSource ended)
    {
        try
        {
            ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended by itself meanwhile.
        }
    }

    /// <summary>Waits for what <see cref="WatchPeer"/> reads; false when the peer has gone.</summary>
    private async ValueTask<bool> TakeAheadAsync(CancellationToken stop)
    {
        var read = await _ahead!.WaitAsync(stop);
        _ahead = null;
        _end += read;
        return read > 0;
    }
}
