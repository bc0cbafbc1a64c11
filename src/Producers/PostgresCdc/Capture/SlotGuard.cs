using EventSourcing.PostgresCdc.Postgres;
using Npgsql;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>Looks at the slot: how much log it holds back, and whether it is still good. Writes a heartbeat when nothing else moves the position.</summary>
internal sealed class SlotGuard(SessionParts parts, NpgsqlConnection control, SessionRun run)
{
    private ulong _seenAt;

    /// <summary>Looks until the stop; a lost slot ends the session.</summary>
    /// <exception cref="CaptureException">The slot is lost.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var (guard, beat) = (parts.Options.GuardInterval, parts.Options.HeartbeatInterval);
        var interval = beat > TimeSpan.Zero && beat < guard ? beat : guard;
        using var timer = new PeriodicTimer(interval, parts.Time);
        var sinceBeat = TimeSpan.Zero;
        do
        {
            await LookAsync(stop);
            sinceBeat += interval;
            if (beat > TimeSpan.Zero && sinceBeat >= beat)
            {
                sinceBeat = TimeSpan.Zero;
                await BeatAsync(stop);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        if (!parts.Plan.UsesLog)
        {
            await CatalogQueries.RunAsync(control, "SELECT 1", stop);    // the lock's connection lives
            return;
        }

        var slot = await SlotQueries.ReadAsync(control, parts.Options.Slot, stop);
        if (slot is null or { IsLost: true })
            throw new CaptureException(slot is null ? "the replication slot is gone" : "the replication slot is lost: the server has removed log that it needs");
        parts.State.Slot(slot.LagBytes, slot.RetainedBytes);
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        var position = run.Changes.Progress.Lsn;
        if (position == _seenAt && run.IsStreamStarted && run.Changes.Progress.Open == 0)
            await SlotQueries.BeatAsync(control, stop);
        _seenAt = position;
    }
}
