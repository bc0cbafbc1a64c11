using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Postgres;
using EventSourcing.PostgresCdc.Triggers;
using Npgsql;
using Npgsql.Replication;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>
/// Finds where to go on: the stored position, unless the slot can no longer give what follows it. Then that is said, a new slot is made, and every table is
/// read again.
/// </summary>
internal sealed class SessionStart(SessionParts parts, NpgsqlConnection control)
{
    /// <summary>Where to go on.</summary>
    /// <param name="Position">The position.</param>
    /// <param name="Tail">What the topics hold beyond it.</param>
    /// <param name="IsUnclean">The session before ended with changes in flight.</param>
    /// <param name="FlushLsn">End of the server's log at this start.</param>
    /// <param name="Loss">Why everything is read again; null when it is not.</param>
    internal sealed record Result(Position Position, TailState Tail, bool IsUnclean, ulong FlushLsn, string? Loss);

    /// <summary>Prepares publication and slot, and reads position and topics.</summary>
    /// <exception cref="CaptureException">The server is not as it must be.</exception>
    public async Task<Result> FindAsync(CancellationToken stop)
    {
        await CheckAsync(stop);
        var stored = await Task.Run(() => parts.Positions.Read(stop), stop);
        var (position, loss) = await WithSlotAsync(stored, stop);
        var isUnclean = stored is { Clean: false };
        position.Clean = false;
        if (!await parts.Positions.StoreAsync(position.ToJson(), position.LsnValue, stop))
            throw new CaptureException("the backbone refused the position");
        var topics = parts.Plan.ChangeRoutes.Select(static route => route.Name).Distinct();
        var tail = await Task.Run(() => parts.Topics.ReadTail(topics, position.LsnValue, stop), stop);
        var flush = await CatalogQueries.ReadFlushLsnAsync(control, stop);
        if (isUnclean && loss is null)
            Log.Recovered(parts.Logger, position.Lsn, tail.HasFound);
        return new Result(position, tail, isUnclean, flush, loss);
    }

    private async Task CheckAsync(CancellationToken stop)
    {
        await using var level = CatalogQueries.Command(control, "SHOW wal_level");
        if (parts.Plan.UsesLog && await level.ExecuteScalarAsync(stop) is not "logical")
            throw new CaptureException("wal_level is not logical");
        if (await CatalogQueries.FindMissingAsync(control, parts.Plan.Tables, stop) is { Count: > 0 } missing)
            throw new CaptureException($"tables that are not there (yet): {string.Join(", ", missing)}");
        if (parts.Plan.TriggerTables is { Count: > 0 } triggered)
            await TriggerObjects.EnsureAsync(control, triggered, stop);
        if (parts.Plan.UsesLog)
            await Publication.EnsureAsync(control, parts.Options.Publication, [.. parts.Plan.LogTables], parts.Options.ManagePublication, stop);
    }

    private async Task<(Position Position, string? Loss)> WithSlotAsync(Position? stored, CancellationToken stop)
    {
        await using var identity = CatalogQueries.Command(control, "SELECT system_identifier::text FROM pg_control_system()");
        var systemId = (string)(await identity.ExecuteScalarAsync(stop))!;
        if (!parts.Plan.UsesLog)
            return (stored is not null && stored.SystemId == systemId ? stored : new Position { SystemId = systemId }, null);
        var slot = await SlotQueries.ReadAsync(control, parts.Options.Slot, stop);
        var flush = await CatalogQueries.ReadFlushLsnAsync(control, stop);
        var loss = LossOf(stored, slot, systemId, flush);
        if (stored is not null && slot is not null && loss is null)
            return (stored, null);
        if (loss is not null)
        {
            Log.SlotLost(parts.Logger, parts.Options.Slot, loss);
            parts.Telemetry.SlotLost();
            parts.State.Snapshotting(loss);
        }

        return (await CreateSlotAsync(stored, systemId, stop), loss);
    }

    private static string? LossOf(Position? stored, SlotState? slot, string systemId, ulong flush) => (stored, slot) switch
    {
        (null, null) => null,
        (null, not null) => "there is a slot and no stored position",
        (not null, _) when stored.SystemId != systemId => "this is another database cluster",
        (not null, null) => "the slot is gone",
        (not null, { IsLost: true }) => "the server has removed log that the slot needs",
        (not null, { Plugin: not "pgoutput" }) => "the slot has another output plugin",
        (not null, _) when slot!.ConfirmedLsn > stored.LsnValue => "somebody has moved the slot beyond the stored position",
        (not null, _) when stored.LsnValue > flush => "the server has been set back to before the stored position",
        _ => null,
    };

    // Numbers go on; snapshots are void.
    private async Task<Position> CreateSlotAsync(Position? stored, string systemId, CancellationToken stop)
    {
        await SlotQueries.DropAsync(control, parts.Options.Slot, stop);
        await using var replication = await parts.Server.OpenReplicationAsync(stop);
        var slot = await replication.CreatePgOutputReplicationSlot(
            parts.Options.Slot, slotSnapshotInitMode: LogicalSlotSnapshotInitMode.NoExport, cancellationToken: stop);
        return new Position
        {
            SystemId = systemId,
            LsnValue = (ulong)slot.ConsistentPoint,
            Sequences = stored?.Sequences ?? [],
            Polled = stored?.SystemId == systemId ? stored.Polled : [],
        };
    }
}
