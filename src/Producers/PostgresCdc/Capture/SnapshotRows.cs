using System.Data;
using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Options;
using EventSourcing.PostgresCdc.Outbox;
using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Publishing;
using Npgsql;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>The rows of a snapshot as events of op <c>r</c>. A table that was written to its topic before begins with op <c>t</c>: what was known of it is void.</summary>
internal sealed class SnapshotRows(SessionParts parts, SessionRun run, ulong lsn) : IDisposable
{
    private readonly EnvelopeWriter _writer = new(parts.Plan);
    private readonly OutboxRouter _outbox = new(parts, run);
    private readonly RowBuffer _row = new();
    private readonly DateTimeOffset _time = parts.Time.GetUtcNow();

    /// <summary>Rows read.</summary>
    public long Count { get; private set; }

    /// <summary>Reads and publishes one table; the position notes its snapshot when every row is stored.</summary>
    public async Task PublishAsync(NpgsqlConnection connection, TableShape shape, CancellationToken stop)
    {
        var table = shape.Table;
        var isAgain = run.Start.Tail.IsWritten(table.Route.Name) && !table.Options.Outbox;
        run.Sequences.Raise(table.SourceText, run.Start.Tail.Sequences.GetValueOrDefault(table.SourceText));
        var unit = run.Changes.Progress.Begin();
        unit.Apply = position => position.Snapshots[table.FullName] = Position.Hex(lsn);
        if (isAgain)
            await PublishVoidAsync(shape, unit, stop);
        await using var command = new NpgsqlCommand(SelectOf(shape), connection) { AllResultTypesAreUnknown = true, CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, stop);
        while (await reader.ReadAsync(stop))
        {
            Read(reader);
            Count++;
            if (table.Options.Outbox)
                await _outbox.RouteRowAsync(shape, _row, unit, new ChangeMark(lsn, 0), _time, stop);
            else
                await PublishRowAsync(shape, unit, isAgain, stop);
        }

        run.Changes.Close(unit);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static string SelectOf(TableShape shape) =>
        $"SELECT {string.Join(", ", shape.Columns.Select(static column => TableName.Quote(column.Name)))} FROM ONLY {shape.Table.Name.Quoted}";

    private void Read(NpgsqlDataReader reader)
    {
        _row.Clear();
        for (var i = 0; i < reader.FieldCount; i++)
            _row.Add(reader.IsDBNull(i) ? null : reader.GetString(i));
    }

    private async ValueTask PublishRowAsync(TableShape shape, Unit unit, bool isAgain, CancellationToken stop)
    {
        var change = new Change(shape, 'r', _time) { Snapshot = "true", Lsn = lsn };
        var key = _writer.WriteKey(shape, _row);
        var own = parts.Events.FindOwn(shape, _row);
        var (source, sequence) = own ?? (shape.Table.Source, run.Sequences.Next(shape.Table.SourceText, unit));
        var id = SnapshotId.Of(lsn, shape.HasKey ? key : Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var record = parts.Events.Create(change, id, key, _writer.Write(change, null, _row), source, sequence);
        parts.Telemetry.Captured(shape.Table.FullName, 'r');
        await run.Changes.PublishAsync(shape.Table.Route, record, unit, isAgain, stop, _row.IsOversized ? Oversized : null);
    }

    private async ValueTask PublishVoidAsync(TableShape shape, Unit unit, CancellationToken stop)
    {
        var change = new Change(shape, 't', _time) { Snapshot = "first", Lsn = lsn };
        var record = parts.Events.Create(
            change, SnapshotId.Of(lsn, "void"), shape.Table.FullName, _writer.Write(change, null, null), shape.Table.Source,
            run.Sequences.Next(shape.Table.SourceText, unit));
        await run.Changes.PublishAsync(shape.Table.Route, record, unit, isMarked: false, stop);
    }

    /// <summary>Why a change with a value beyond every limit is parked.</summary>
    public static Rejection Oversized { get; } = Rejection.TooLarge(RowBuffer.LargestValue + 1, RowBuffer.LargestValue);
}
