using EventSourcing.Orders.Options;
using EventSourcing.Orders.State;
using Microsoft.Extensions.Options;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;

namespace EventSourcing.Orders.Outbox.Logical;

/// <summary>
/// Moves events from the transaction log to Kafka in commit order. A slot has one reader at a time, which makes it the only relay. A position is confirmed to the
/// server only when everything before it is stored and that is noted.
/// </summary>
internal sealed class LogicalRelay(
    Database database, RelayPublisher publisher, IOptions<OutboxOptions> options, TimeProvider time, ILogger<LogicalRelay> logger) : IRelay
{
    private static readonly TimeSpan ConfirmInterval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Action<RelayStep>? Reached { get; set; }

    /// <inheritdoc/>
    public async Task RelayAsync(CancellationToken stop, CancellationToken giveUp)
    {
        await using var notes = await database.OpenDedicatedAsync(stop);
        await using var replication = new LogicalReplicationConnection(database.DedicatedConnectionString);
        await replication.Open(stop);
        replication.WalReceiverStatusInterval = ConfirmInterval;
        await WaitForTurnAsync(notes, stop);
        var round = new LogicalRound(notes, replication, publisher, await RelayPosition.ReadAsync(notes, stop), Reached);
        await StreamAsync(replication, round, stop, giveUp);
    }

    // Standbys wait for the lock rather than ask for the slot again and again; the slot itself is what protects it.
    private async Task WaitForTurnAsync(NpgsqlConnection notes, CancellationToken stop)
    {
        await using var attempt = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Schema.RelayLock})", notes);
        while (await attempt.ExecuteScalarAsync(stop) is not true)
            await Task.Delay(options.Value.RetryDelay, time, stop);
    }

    private async Task StreamAsync(LogicalReplicationConnection replication, LogicalRound round, CancellationToken stop, CancellationToken giveUp)
    {
        var slot = options.Value.SlotName;
        var settings = new PgOutputReplicationOptions(slot, PgOutputProtocolVersion.V1, binary: true, messages: true);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var stream = replication
            .StartReplication(new PgOutputReplicationSlot(slot), settings, ending.Token, round.Position.Stored).GetAsyncEnumerator(ending.Token);
        var next = stream.MoveNextAsync().AsTask();
        var gathered = new CommittedMessages(logger);
        try
        {
            while (await NextAsync(next, replication, round, gathered, giveUp, ending.Token))
            {
                await gathered.AddAsync(stream.Current, ending.Token);
                next = stream.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // a stream that is being read cannot be closed
        }
    }

    // While the server has more to say, transactions are gathered; what is gathered when it has not, or when it is enough, is a batch.
    private async Task<bool> NextAsync(
        Task<bool> next, LogicalReplicationConnection replication, LogicalRound round, CommittedMessages gathered, CancellationToken giveUp, CancellationToken stop)
    {
        if (gathered.Committed.Count > 0 && (!next.IsCompleted || gathered.Committed.Count >= options.Value.BatchEvents))
        {
            await round.RelayAsync(gathered.Committed, giveUp);
            gathered.Forget();
        }

        if (!gathered.IsInTransaction && gathered.Committed.Count == 0)
            await IdleAsync(next, replication, round, stop);
        return await next;
    }

    // With nothing at hand, what the server has sent besides events is done, too: else an idle outbox would hold the log of everybody else.
    private static async Task IdleAsync(Task<bool> next, LogicalReplicationConnection replication, LogicalRound round, CancellationToken stop)
    {
        while (!next.IsCompleted && await Task.WhenAny(next, Task.Delay(ConfirmInterval, stop)) != next)
        {
            stop.ThrowIfCancellationRequested();
            if (!next.IsCompleted)
                await round.ConfirmAsync(replication.LastReceivedLsn, stop);
        }
    }
}
