using EventSourcing.PostgresCdc.Postgres;
using EventSourcing.PostgresCdc.Publishing;
using Npgsql.Replication;
using NpgsqlTypes;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>Stores the position while it moves and only then confirms it to the server: the slot never is ahead of what is stored.</summary>
internal sealed class PositionKeeper(SessionParts parts, SessionRun run, LogicalReplicationConnection? replication)
{
    private readonly Progress _progress = run.Changes.Progress;

    /// <summary>Stores every <see cref="Options.CdcOptions.PositionInterval"/> in which the position has moved.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(parts.Options.PositionInterval, parts.Time);
        while (await timer.WaitForNextTickAsync(stop))
            await StoreAsync(force: false, stop);
    }

    /// <summary>The last position of the session; a clean end is noted.</summary>
    public async Task ConcludeAsync(bool isClean, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            _progress.Update(position => position.Clean = isClean);
            await StoreAsync(force: true, deadline.Token);
        }
        catch (Exception late) when (late is OperationCanceledException or CaptureException or IOException or InvalidOperationException or Npgsql.NpgsqlException)
        {
            Log.PositionNotStored(parts.Logger, late.Message);   // the topics' ends tell the next session
        }
    }

    private async Task StoreAsync(bool force, CancellationToken stop)
    {
        if (_progress.Take(parts.Time.GetUtcNow(), force) is not { } position)
            return;
        if (!await parts.Positions.StoreAsync(position.Json, position.Lsn, stop))
            throw new CaptureException("the backbone refused the position");
        if (replication is null)
            return;
        replication.SetReplicationStatus(new NpgsqlLogSequenceNumber(position.Lsn));
        if (run.IsStreaming && !stop.IsCancellationRequested)
            await replication.SendStatusUpdate(stop);         // without it nothing is confirmed until the status interval
    }
}
