using EventSourcing.PostgresCdc.Decoding;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>Streams the log from the stored position: pgoutput, protocol version 1 (whole committed transactions), values as text.</summary>
internal sealed class LogStream(SessionParts parts, SessionRun run, LogicalReplicationConnection replication)
{
    private readonly RowBuffer _old = new();
    private readonly RowBuffer _new = new();
    private readonly LogTransaction _transaction = new(parts.Plan.Tables.Count, run.Changes.Progress);

    /// <summary>Streams until the stop or the connection's end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var catalog = await parts.Server.OpenAsync(stop);
        var shapes = new ShapeCache(parts.Plan, catalog);
        using var changes = new LogChanges(parts, run, _transaction);
        replication.WalReceiverStatusInterval = TimeSpan.FromSeconds(5);
        var options = new PgOutputReplicationOptions(parts.Options.Publication, PgOutputProtocolVersion.V1, binary: false, messages: true);
        var from = new NpgsqlLogSequenceNumber(run.Start.Position.LsnValue);
        run.IsStreamStarted = true;
        try
        {
            await foreach (var message in replication.StartReplication(new PgOutputReplicationSlot(parts.Options.Slot), options, stop, from))
            {
                run.IsStreaming = true;
                await OnMessageAsync(message, shapes, changes, stop);
            }
        }
        finally
        {
            run.IsStreaming = false;
        }
    }

    private ValueTask OnMessageAsync(PgOutputReplicationMessage message, ShapeCache shapes, LogChanges changes, CancellationToken stop)
    {
        switch (message)
        {
            case BeginMessage begin:
                _transaction.Begin((ulong)begin.TransactionFinalLsn, begin.TransactionXid, new DateTimeOffset(DateTime.SpecifyKind(begin.TransactionCommitTimestamp, DateTimeKind.Utc)));
                return ValueTask.CompletedTask;
            case CommitMessage commit:
                return changes.EndAsync((ulong)commit.TransactionEndLsn, stop);
            case RelationMessage relation:
                return shapes.NoteAsync(relation, stop);
            case InsertMessage insert:
                return InsertAsync(insert, shapes.Find(insert.Relation), changes, stop);
            case UpdateMessage update:
                return UpdateAsync(update, shapes.Find(update.Relation), changes, stop);
            case DeleteMessage delete:
                return DeleteAsync(delete, shapes.Find(delete.Relation), changes, stop);
            case TruncateMessage truncate:
                return TruncateAsync(truncate, shapes, changes, stop);
            case LogicalDecodingMessage text:
                return changes.MessageAsync(text, stop);
            default:
                return ValueTask.CompletedTask;
        }
    }

    private async ValueTask InsertAsync(InsertMessage insert, TableShape? shape, LogChanges changes, CancellationToken stop)
    {
        await _new.ReadAsync(insert.NewRow, stop);
        if (shape is not null)
            await changes.ChangeAsync('c', shape, (ulong)insert.WalStart, null, isKeyOnly: false, _new, stop);
    }

    private async ValueTask UpdateAsync(UpdateMessage update, TableShape? shape, LogChanges changes, CancellationToken stop)
    {
        var old = update switch { FullUpdateMessage full => full.OldRow, IndexUpdateMessage index => index.Key, _ => null };
        if (old is not null)
            await _old.ReadAsync(old, stop);
        await _new.ReadAsync(update.NewRow, stop);
        if (update is FullUpdateMessage)
            _new.FillUnchangedFrom(_old);
        if (shape is not null)
            await changes.ChangeAsync('u', shape, (ulong)update.WalStart, old is null ? null : _old, update is IndexUpdateMessage, _new, stop);
    }

    private async ValueTask DeleteAsync(DeleteMessage delete, TableShape? shape, LogChanges changes, CancellationToken stop)
    {
        var isKey = delete is KeyDeleteMessage;
        await _old.ReadAsync(isKey ? ((KeyDeleteMessage)delete).Key : ((FullDeleteMessage)delete).OldRow, stop);
        if (shape is not null)
            await changes.ChangeAsync('d', shape, (ulong)delete.WalStart, _old, isKey, null, stop);
    }

    private static async ValueTask TruncateAsync(TruncateMessage truncate, ShapeCache shapes, LogChanges changes, CancellationToken stop)
    {
        foreach (var relation in truncate.Relations)
        {
            if (shapes.Find(relation) is { } shape)
                await changes.ChangeAsync('t', shape, (ulong)truncate.WalStart, null, isKeyOnly: false, null, stop);
        }
    }
}
