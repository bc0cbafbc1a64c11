using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Postgres;
using EventSourcing.PostgresCdc.Triggers;
using Npgsql;
using Npgsql.Replication;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>
/// Reads the tables that have no complete snapshot, all in one REPEATABLE READ transaction whose snapshot a temporary slot exports: it holds exactly the
/// transactions that committed before the slot's consistent point. Later ones come by the log, earlier ones are left out there. So no row is missed and none comes twice,
/// wherever the stream itself begins.
/// </summary>
internal sealed class Snapshotter(SessionParts parts, SessionRun run)
{
    /// <summary>Reads what has to be read; returns when every row is stored.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await RunAsync([.. parts.Plan.LogTables.Where(IsMissing)], isLog: true, stop);
        await RunAsync([.. parts.Plan.TriggerTables.Where(IsMissing)], isLog: false, stop);
    }

    private bool IsMissing(CapturedTable table) => !run.Start.Position.Snapshots.ContainsKey(table.FullName);

    private async Task RunAsync(CapturedTable[] tables, bool isLog, CancellationToken stop)
    {
        if (tables.Length == 0)
            return;
        parts.State.Snapshotting(run.Start.Loss);
        await using var connection = await parts.Server.OpenAsync(stop);
        var types = new TypeCatalog();
        await types.LoadAsync(connection, stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var lsn = isLog ? await ImportAsync(connection, stop) : await TriggerObjects.ForgetAsync(connection, tables, stop);
        Log.SnapshotBegins(parts.Logger, tables.Length, Position.Hex(lsn));
        using var rows = new SnapshotRows(parts, run, lsn);
        foreach (var table in tables)
            await rows.PublishAsync(connection, await CatalogQueries.ReadShapeAsync(connection, table, types, stop), stop);
        await transaction.CommitAsync(stop);
        await run.Changes.WhenDrainedAsync().WaitAsync(stop);
        foreach (var table in tables)
            run.Snapshots[table.FullName] = lsn;
        Log.SnapshotEnds(parts.Logger, rows.Count, Position.Hex(lsn));
    }

    // Once imported, the snapshot outlives the slot that exported it.
    private async Task<ulong> ImportAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var exporter = await parts.Server.OpenReplicationAsync(stop);
        var slot = await exporter.CreatePgOutputReplicationSlot(
            $"{parts.Options.Slot}_s", temporarySlot: true, slotSnapshotInitMode: LogicalSlotSnapshotInitMode.Export, cancellationToken: stop);
        await CatalogQueries.RunAsync(connection, $"SET TRANSACTION SNAPSHOT '{slot.SnapshotName}'", stop);
        return (ulong)slot.ConsistentPoint;
    }
}
