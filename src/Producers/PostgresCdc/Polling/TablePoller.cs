using System.Data;
using EventSourcing.PostgresCdc.Capture;
using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Options;
using EventSourcing.PostgresCdc.Postgres;
using EventSourcing.PostgresCdc.Publishing;
using Npgsql;

namespace EventSourcing.PostgresCdc.Polling;

/// <summary>
/// Asks the table for rows above the highest value seen. It can only say what a row is like when it is asked: every event is of op <c>r</c>, and what the
/// question cannot see (deletes, rows that commit late, what lay between two questions) does not exist for it.
/// </summary>
internal sealed class TablePoller(SessionParts parts, SessionRun run, CapturedTable table)
{
    private readonly RowBuffer _row = new();
    private string? _last = run.Start.Position.Polled.GetValueOrDefault(table.FullName);

    /// <summary>Polls until the stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        run.ResumeNumbers(table, parts.Options.PollRows);
        await using var connection = await parts.Server.OpenAsync(stop);
        var types = new TypeCatalog();
        using var writer = new EnvelopeWriter(parts.Plan);
        while (true)
        {
            await types.LoadAsync(connection, stop);
            var shape = await CatalogQueries.ReadShapeAsync(connection, table, types, stop);
            while (await PollAsync(connection, shape, writer, stop) >= parts.Options.PollRows)
                stop.ThrowIfCancellationRequested();
            await Task.Delay(parts.Options.PollInterval, parts.Time, stop);
        }
    }

    private async Task<int> PollAsync(NpgsqlConnection connection, TableShape shape, EnvelopeWriter writer, CancellationToken stop)
    {
        var column = shape.IndexOf(table.Options.PollColumn);
        if (column < 0)
            throw new CaptureException($"{table.FullName} has no column {table.Options.PollColumn}");
        var unit = run.Changes.Progress.Begin();
        var rows = 0;
        var last = _last;
        await using (var command = Question(connection, shape))
        await using (var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, stop))
        {
            for (; await reader.ReadAsync(stop); rows++)
            {
                _row.Clear();
                for (var i = 0; i < reader.FieldCount; i++)
                    _row.Add(reader.IsDBNull(i) ? null : reader.GetString(i));
                last = _row.Text(column);
                await PublishAsync(shape, writer, last!, unit, stop);
            }
        }

        if (rows > 0)
            unit.Apply = position => position.Polled[table.FullName] = last!;
        await run.Changes.CloseAsync(unit, stop);
        _last = last;
        return rows;
    }

    // Rows that share the last value come together, or the next question would leave some out.
    private NpgsqlCommand Question(NpgsqlConnection connection, TableShape shape)
    {
        var column = TableName.Quote(table.Options.PollColumn!);
        var list = string.Join(", ", shape.Columns.Select(static own => TableName.Quote(own.Name)));
        var from = _last is null ? $"{column} IS NOT NULL" : $"{column} > '{_last.Replace("'", "''", StringComparison.Ordinal)}'";
        return new NpgsqlCommand(
            $"SELECT {list} FROM ONLY {table.Name.Quoted} WHERE {from} ORDER BY {column} FETCH FIRST {parts.Options.PollRows} ROWS WITH TIES", connection)
        {
            AllResultTypesAreUnknown = true,
        };
    }

    private async ValueTask PublishAsync(TableShape shape, EnvelopeWriter writer, string value, Unit unit, CancellationToken stop)
    {
        var key = writer.WriteKey(shape, _row);
        var id = PollId.Of(value, key);
        parts.Telemetry.Captured(table.FullName, 'r');
        if (run.Start.Tail.Has(table.SourceText, id))
            return;
        var change = new Change(shape, 'r', parts.Time.GetUtcNow());
        var own = parts.Events.FindOwn(shape, _row);
        var (source, sequence) = own ?? (table.Source, run.Sequences.Next(table.SourceText, unit));
        var record = parts.Events.Create(change, id, key, writer.Write(change, null, _row), source, sequence);
        await run.Changes.PublishAsync(table.Route, record, unit, run.Changes.Redelivery.TakeMark(0), stop, _row.IsOversized ? SnapshotRows.Oversized : null);
    }
}
