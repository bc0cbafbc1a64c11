using EventSourcing.PostgresCdc.Options;
using EventSourcing.PostgresCdc.Polling;
using EventSourcing.PostgresCdc.Postgres;
using EventSourcing.PostgresCdc.Publishing;
using EventSourcing.PostgresCdc.Triggers;
using Npgsql;
using Npgsql.Replication;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>
/// One session: finds where to go on, reads the tables that have no snapshot, then streams, until the server or the backbone fails or the stop. The active
/// instance's lock is the control connection's.
/// </summary>
internal sealed class CaptureSession(SessionParts parts, NpgsqlConnection control)
{
    private readonly CdcOptions _options = parts.Options;

    /// <summary>It got as far as streaming.</summary>
    public bool HasStreamed { get; private set; }

    /// <summary>Runs to its end; says why it ended.</summary>
    public async Task<string> RunAsync(CancellationToken stop)
    {
        var start = await new SessionStart(parts, control).FindAsync(stop);
        var window = new Window(_options.WindowEvents, _options.WindowBytes);
        parts.State.WindowUsage = () => window.Events;
        var progress = new Progress(start.Position);
        var redelivery = new Redelivery(start.Tail, start.IsUnclean, start.FlushLsn, _options.WindowEvents);
        var changes = new ChangePublisher(parts.Publisher, progress, window, redelivery, parts.Telemetry, parts.Logger);
        var run = new SessionRun(changes, new Sequences(start.Position.Sequences), start);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var replication = parts.Plan.UsesLog ? await parts.Server.OpenReplicationAsync(stop) : null;
        var keeper = new PositionKeeper(parts, run, replication);
        var tasks = Start(run, replication, keeper, ending.Token);
        var end = await EndOfAsync(tasks, changes);
        await ending.CancelAsync();
        await ConcludeAsync(tasks, changes, keeper, end, stop);
        return end;
    }

    private List<Task> Start(SessionRun run, LogicalReplicationConnection? replication, PositionKeeper keeper, CancellationToken stop)
    {
        List<Task> tasks = [keeper.RunAsync(stop), new SlotGuard(parts, control, run).RunAsync(stop)];
        tasks.Add(Task.Run(() => CaptureAsync(run, replication, stop), stop));
        return tasks;
    }

    private async Task CaptureAsync(SessionRun run, LogicalReplicationConnection? replication, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await new Snapshotter(parts, run).RunAsync(stop);
        HasStreamed = true;
        parts.State.Streaming();
        Log.Streaming(parts.Logger, parts.Server.Display, run.Start.Position.Lsn);
        List<Task> captures = [.. parts.Plan.PolledTables.Select(table => new TablePoller(parts, run, table).RunAsync(ending.Token))];
        if (parts.Plan.TriggerTables.Count > 0)
            captures.Add(new TriggerRelay(parts, run).RunAsync(ending.Token));
        if (replication is not null)
            captures.Add(new LogStream(parts, run, replication).RunAsync(ending.Token));
        var first = await Task.WhenAny(captures);
        await ending.CancelAsync();
        await Task.WhenAll(captures).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);   // before their connections end
        await first;
        throw new CaptureException("the stream has ended");
    }

    private static async Task<string> EndOfAsync(List<Task> tasks, ChangePublisher changes)
    {
        var first = await Task.WhenAny([.. tasks, changes.Failed]);
        return first == changes.Failed ? await changes.Failed
            : first.Exception?.GetBaseException().Message ?? (first.IsCanceled ? "stopped" : "a part of the session has ended");
    }

    // Nothing new is published; what is outstanding is waited for, then the last position is stored and confirmed.
    private async Task ConcludeAsync(List<Task> tasks, ChangePublisher changes, PositionKeeper keeper, string end, CancellationToken stop)
    {
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var drained = changes.WhenDrainedAsync();
        await Task.WhenAny(drained, Task.Delay(_options.DrainTimeout, parts.Time, CancellationToken.None));
        if (!changes.Failed.IsCompleted)
            await keeper.ConcludeAsync(isClean: drained.IsCompleted, _options.DrainTimeout);
        foreach (var failed in tasks.Where(static task => task.IsFaulted))
            Log.PartFailed(parts.Logger, failed.Exception!.GetBaseException(), end);
        if (tasks.Select(static task => task.Exception?.GetBaseException()).OfType<PostgresException>()
            .FirstOrDefault(static failure => failure.SqlState == PostgresErrorCodes.ObjectInUse) is { } busy && !stop.IsCancellationRequested)
            throw busy;
    }
}
