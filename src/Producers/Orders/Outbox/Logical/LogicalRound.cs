using Npgsql;
using Npgsql.Replication;
using NpgsqlTypes;

namespace EventSourcing.Orders.Outbox.Logical;

/// <summary>One batch after the other: note that it is attempted, publish, note that it is stored, confirm.</summary>
internal sealed class LogicalRound(
    NpgsqlConnection notes, LogicalReplicationConnection replication, RelayPublisher publisher, RelayPosition position, Action<RelayStep>? reached)
{
    /// <summary>How far the relay has come.</summary>
    public RelayPosition Position { get; private set; } = position;

    /// <summary>Relays whole transactions.</summary>
    public async Task RelayAsync(IReadOnlyList<(OutboxMessage Message, NpgsqlLogSequenceNumber End)> messages, CancellationToken giveUp)
    {
        reached?.Invoke(RelayStep.Taken);
        var sequence = Position.LastSequence;
        var events = new List<RelayedEvent>(messages.Count);
        foreach (var (message, end) in messages)
        {
            var numbered = message.Sequence is null ? message with { Sequence = ++sequence } : message;
            events.Add(new RelayedEvent(numbered, mayBeStored: end <= Position.Attempted));
        }

        var last = messages[^1].End;
        if (last > Position.Attempted)
            await NoteAsync(Position with { Attempted = last }, giveUp);
        reached?.Invoke(RelayStep.Noted);
        await publisher.PublishAsync(events, giveUp);
        reached?.Invoke(RelayStep.Stored);
        await NoteAsync(new RelayPosition(last, Position.Attempted, sequence), giveUp);
        await ConfirmAsync(last, giveUp);
        reached?.Invoke(RelayStep.Done);
    }

    /// <summary>Tells the server that it need not keep the log before <paramref name="lsn"/>; what was stored there is noted already.</summary>
    public async Task ConfirmAsync(NpgsqlLogSequenceNumber lsn, CancellationToken stop)
    {
        if (lsn < Position.Stored)
            return;
        replication.SetReplicationStatus(lsn);
        await replication.SendStatusUpdate(stop);
    }

    private async Task NoteAsync(RelayPosition position, CancellationToken stop)
    {
        await position.WriteAsync(notes, stop);
        Position = position;
    }
}
