using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Outbox;
using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Publishing;
using Npgsql.Replication.PgOutput.Messages;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>Makes events of the stream's changes. Everything is counted the same after a restart; what the topics hold already, and what a snapshot contains, is not published.</summary>
internal sealed class LogChanges(SessionParts parts, SessionRun run, LogTransaction transaction) : IDisposable
{
    private readonly EnvelopeWriter _writer = new(parts.Plan);
    private readonly OutboxRouter _outbox = new(parts, run);
    private readonly TransactionMarkers? _markers = parts.Plan.Transactions is null ? null : new TransactionMarkers(parts, run, transaction);

    /// <summary>A row was inserted, updated or deleted, or a table truncated.</summary>
    public async ValueTask ChangeAsync(char op, TableShape shape, ulong lsn, RowBuffer? old, bool isKeyOnly, RowBuffer? row, CancellationToken stop)
    {
        var table = shape.Table;
        var order = transaction.Count(table.Index);
        if (transaction.CommitLsn < run.Snapshots.GetValueOrDefault(table.FullName))
            return;
        if (_markers is not null)
            await _markers.BeginAsync(stop);
        if (table.Options.Outbox)
        {
            await OutboxAsync(op, shape, row, stop);
            return;
        }

        var change = new Change(shape, op, transaction.Time)
        {
            CapturedAt = parts.Time.GetUtcNow(),
            Lsn = lsn,
            TransactionXid = transaction.Xid,
            Order = transaction.Order,
            CollectionOrder = order,
            TransactionId = parts.Options.TransactionMetadata ? transaction.Id : null,
            IsBeforeKeyOnly = isKeyOnly,
        };
        parts.Telemetry.Captured(table.FullName, op);
        await EmitAsync(change, old, row, stop);
    }

    /// <summary>A message that the application wrote into the log.</summary>
    public async ValueTask MessageAsync(LogicalDecodingMessage message, CancellationToken stop)
    {
        if (message.Prefix != parts.Options.MessagePrefix)
            return;
        var content = new byte[message.Data.Length];
        await message.Data.ReadExactlyAsync(content, stop);
        if (message.Flags == 0)
        {
            await OutsideAsync((ulong)message.MessageLsn, content, stop);
            return;
        }

        var mark = new ChangeMark(transaction.CommitLsn, transaction.Count());
        await _outbox.RouteMessageAsync(content, transaction.Unit, mark, transaction.Time, stop);
    }

    /// <summary>The transaction has committed.</summary>
    public async ValueTask EndAsync(ulong endLsn, CancellationToken stop)
    {
        if (_markers is not null)
            await _markers.EndAsync(stop);
        transaction.End(endLsn);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private async ValueTask OutsideAsync(ulong lsn, byte[] content, CancellationToken stop)
    {
        var unit = run.Changes.Progress.Begin();
        await _outbox.RouteMessageAsync(content, unit, new ChangeMark(lsn, 1), parts.Time.GetUtcNow(), stop);
        run.Changes.Close(unit);
    }

    private async ValueTask OutboxAsync(char op, TableShape shape, RowBuffer? row, CancellationToken stop)
    {
        if (op == 'u')
            Log.OutboxUpdated(parts.Logger, shape.Table.FullName);
        if (op != 'c')
            return;
        parts.Telemetry.Captured(shape.Table.FullName, op);
        var mark = new ChangeMark(transaction.CommitLsn, transaction.Order);
        await _outbox.RouteRowAsync(shape, row!, transaction.Unit, mark, transaction.Time, stop);
    }

    // A key that changes is a delete of the old one and a create of the new one.
    private async ValueTask EmitAsync(Change change, RowBuffer? old, RowBuffer? row, CancellationToken stop)
    {
        var shape = change.Shape;
        var key = row is null && old is null ? shape.Table.FullName : _writer.WriteKey(shape, row ?? old!);
        var oldKey = change.Op == 'u' && old is not null ? _writer.WriteKey(shape, old) : key;
        if (oldKey == key)
        {
            await EmitOneAsync(change, key, old, row, 0, stop);
            return;
        }

        await EmitOneAsync(change with { Op = 'd' }, oldKey, old, null, 0, stop);
        await EmitOneAsync(change with { Op = 'c', IsBeforeKeyOnly = false }, key, null, row, 2, stop);
    }

    private async ValueTask EmitOneAsync(Change change, string key, RowBuffer? old, RowBuffer? row, uint part, CancellationToken stop)
    {
        var table = change.Shape.Table;
        var own = change.Op == 'c' ? parts.Events.FindOwn(change.Shape, row!) : null;
        var (source, sequence) = own ?? (table.Source, run.Sequences.Next(table.SourceText, transaction.Unit));
        var mark = new ChangeMark(transaction.CommitLsn, transaction.Order, part);
        var isOversized = row?.IsOversized == true || old?.IsOversized == true;   // then the partition does not tell whether its dead letter was kept
        if (isOversized || !IsOnTopic(table.Route, key, mark))
        {
            var record = parts.Events.Create(change, mark.ToString(), key, _writer.Write(change, old, row), source, sequence);
            await PublishAsync(change.Shape, record, row, isOversized ? SnapshotRows.Oversized : null, mark, stop);
        }

        if (change.Op == 'd' && parts.Options.Tombstones)
            await EmitTombstoneAsync(table, key, mark with { Part = 1 }, stop);
    }

    private async ValueTask EmitTombstoneAsync(CapturedTable table, string key, ChangeMark mark, CancellationToken stop)
    {
        var sequence = run.Sequences.Next(table.SourceText, transaction.Unit);
        if (IsOnTopic(table.Route, key, mark))
            return;
        var record = EventFactory.CreateTombstone(table, transaction.Time, mark.ToString(), key, sequence);
        await run.Changes.PublishAsync(table.Route, record, transaction.Unit, run.Changes.Redelivery.TakeMark(mark.Lsn), stop);
    }

    private async ValueTask PublishAsync(TableShape shape, CloudEvent record, RowBuffer? row, Rejection? poison, ChangeMark mark, CancellationToken stop)
    {
        var traceParent = shape.TraceParentColumn < 0 ? null : row?.Text(shape.TraceParentColumn);
        using var span = parts.Telemetry.StartProcess(shape.Table.FullName, traceParent);
        if (traceParent is { Length: 55 })
            record[EventAttributes.TraceParent] = traceParent;
        await run.Changes.PublishAsync(shape.Table.Route, record, transaction.Unit, run.Changes.Redelivery.TakeMark(mark.Lsn), stop, poison);
    }

    private bool IsOnTopic(Route route, string key, ChangeMark mark) =>
        run.Changes.Redelivery.Tail is { HasFound: true } tail && tail.Has(route.Name, Encoding.UTF8.GetBytes(key), mark);
}
