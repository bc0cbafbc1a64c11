using System.Globalization;
using System.Text.Json;
using EventSourcing.PostgresCdc.Capture;
using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Postgres;
using EventSourcing.PostgresCdc.Publishing;
using Npgsql;

namespace EventSourcing.PostgresCdc.Triggers;

/// <summary>
/// Polls the log table and publishes its rows. A batch leaves the table in the transaction that commits when every event is stored, so the table itself is the
/// position; after a crash the topic's end tells which of the first batch it has.
/// </summary>
internal sealed class TriggerRelay(SessionParts parts, SessionRun run)
{
    private readonly Dictionary<string, TableShape> _shapes = [];
    private readonly TypeCatalog _types = new();
    private readonly RowBuffer _old = new();
    private readonly RowBuffer _new = new();

    /// <summary>Relays until the stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var tables = parts.Plan.TriggerTables.ToDictionary(static table => table.FullName);
        foreach (var table in tables.Values)
            run.ResumeNumbers(table, parts.Options.PollRows);
        await using var connection = await parts.Server.OpenAsync(stop);
        await _types.LoadAsync(connection, stop);
        using var writer = new EnvelopeWriter(parts.Plan);
        while (true)
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            var changes = await LoggedChange.TakeAsync(connection, [.. tables.Keys], parts.Options.PollRows, stop);
            if (changes.Count > 0)
            {
                var unit = run.Changes.Progress.Begin();
                foreach (var change in changes)
                    await PublishAsync(connection, tables[change.Relation], change, writer, unit, stop);
                await run.Changes.CloseAsync(unit, stop);
            }

            await transaction.CommitAsync(stop);
            if (changes.Count < parts.Options.PollRows)
                await Task.Delay(parts.Options.PollInterval, parts.Time, stop);
        }
    }

    private async ValueTask PublishAsync(NpgsqlConnection connection, CapturedTable table, LoggedChange logged, EnvelopeWriter writer, Unit unit, CancellationToken stop)
    {
        var shape = await FindShapeAsync(connection, table, logged.New ?? logged.Old, stop);
        var old = Fill(logged.Old, shape, _old);
        var row = Fill(logged.New, shape, _new);
        var change = new Change(shape, logged.Op, logged.Time) { CapturedAt = parts.Time.GetUtcNow(), TransactionXid = logged.Xid };
        var key = row is null && old is null ? table.FullName : writer.WriteKey(shape, row ?? old!);
        var oldKey = row is null || old is null ? key : writer.WriteKey(shape, old);
        var id = string.Create(CultureInfo.InvariantCulture, $"t{logged.Id:D12}");
        if (oldKey == key)
        {
            await EmitAsync(change, id, key, old, row, writer, unit, stop);
            return;
        }

        await EmitAsync(change with { Op = 'd' }, id, oldKey, old, null, writer, unit, stop);
        await EmitAsync(change with { Op = 'c' }, $"{id}.2", key, null, row, writer, unit, stop);
    }

    private async ValueTask EmitAsync(Change change, string id, string key, RowBuffer? old, RowBuffer? row, EnvelopeWriter writer, Unit unit, CancellationToken stop)
    {
        var table = change.Shape.Table;
        parts.Telemetry.Captured(table.FullName, change.Op);
        if (!run.Start.Tail.Has(table.SourceText, id))
        {
            var own = change.Op == 'c' ? parts.Events.FindOwn(change.Shape, row!) : null;
            var (source, sequence) = own ?? (table.Source, run.Sequences.Next(table.SourceText, unit));
            var record = parts.Events.Create(change, id, key, writer.Write(change, old, row), source, sequence);
            var poison = row?.IsOversized == true || old?.IsOversized == true ? SnapshotRows.Oversized : null;
            await run.Changes.PublishAsync(table.Route, record, unit, run.Changes.Redelivery.TakeMark(0), stop, poison);
        }

        if (change.Op != 'd' || !parts.Options.Tombstones || run.Start.Tail.Has(table.SourceText, $"{id}.1"))
            return;
        var tombstone = EventFactory.CreateTombstone(table, change.Time, $"{id}.1", key, run.Sequences.Next(table.SourceText, unit));
        await run.Changes.PublishAsync(table.Route, tombstone, unit, run.Changes.Redelivery.TakeMark(0), stop);
    }

    private static RowBuffer? Fill(JsonElement? image, TableShape shape, RowBuffer buffer)
    {
        if (image is not { } row)
            return null;
        JsonRow.Read(row, shape, buffer);
        return buffer;
    }

    // An image says which columns its table had then; what they are, the catalog says now.
    private async ValueTask<TableShape> FindShapeAsync(NpgsqlConnection connection, CapturedTable table, JsonElement? image, CancellationToken stop)
    {
        string[] names = image is { } row ? [.. row.EnumerateObject().Select(static member => member.Name)] : [];
        var id = $"{table.FullName}\n{string.Join('\n', names)}";
        if (_shapes.TryGetValue(id, out var known))
            return known;
        await _types.LoadAsync(connection, stop);
        var now = await CatalogQueries.ReadShapeAsync(connection, table, _types, stop);
        return _shapes[id] = new TableShape(table, [.. names.Select(name => now.Columns.FirstOrDefault(column => column.Name == name) ?? new Column(name, PgType.Text, IsKey: false))]);
    }
}
