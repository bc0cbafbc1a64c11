using System.Text.Json;
using EventSourcing.Orders.Contracts;
using EventSourcing.Orders.Outbox;
using Npgsql;

namespace EventSourcing.Orders.State;

/// <summary>Orders in PostgreSQL. State, event and the key's answer are committed together or not at all.</summary>
internal sealed class OrderStore(Database database, IOutbox outbox, TimeProvider time)
{
    private const string KeyPrimary = "idempotency_keys_pkey";
    private const string KeyChannel = "idempotency_keys_channel";

    /// <summary>Places an order: one batch, which the server runs as one transaction.</summary>
    /// <exception cref="DatabaseAwayException">See there.</exception>
    public Task<CommandResult> PlaceAsync(Command<PlaceOrder> command, string? traceParent, CancellationToken stop)
    {
        var order = OrderFacts.Placed(command.Body, time.GetUtcNow());
        var message = OrderFacts.Event(order, command.Body, traceParent);
        var done = Answer(StatusCodes.Status201Created, order, message);
        return WithKeyAsync(command, async connection =>
        {
            await using var batch = connection.CreateBatch();
            batch.BatchCommands.Add(OrderStatements.InsertKey(command, done));
            batch.BatchCommands.Add(OrderStatements.InsertOrder(order));
            outbox.Append(batch.BatchCommands, message);
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            return done;
        }, stop);
    }

    /// <summary>Cancels an order, if it stands and has the expected version.</summary>
    /// <exception cref="DatabaseAwayException">See there.</exception>
    public Task<CommandResult> CancelAsync(Guid id, Command<CancelOrder> command, string? traceParent, CancellationToken stop) =>
        WithKeyAsync(command, async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            if (await UpdateAsync(connection, id, command) is not { } order)
            {
                await transaction.RollbackAsync(CancellationToken.None);
                return await WhyNotAsync(connection, id, command.Expected);
            }

            var message = OrderFacts.Event(order, command.Body, traceParent);
            var done = Answer(StatusCodes.Status200OK, order, message);
            await using var batch = connection.CreateBatch();
            batch.BatchCommands.Add(OrderStatements.CompleteKey(command.Key, done));
            outbox.Append(batch.BatchCommands, message);
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return done;
        }, stop);

    /// <summary>An order; null when there is none.</summary>
    /// <exception cref="DatabaseAwayException">See there.</exception>
    public Task<OrderView?> FindAsync(Guid id, CancellationToken stop) => database.RunAsync(connection => ReadAsync(connection, id), stop);

    // A key that is there already: its answer again, unless it was for something else. A request that runs at the same time is waited for.
    private Task<CommandResult> WithKeyAsync<T>(Command<T> command, Func<NpgsqlConnection, Task<CommandResult>> act, CancellationToken stop)
        where T : IChannelCommand =>
        database.RunAsync<CommandResult>(async connection =>
        {
            try
            {
                var result = await act(connection);
                if (result is CommandResult.Done)
                    outbox.Committed();
                return result;
            }
            catch (PostgresException told) when (told is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: KeyPrimary or KeyChannel })
            {
                return await ReplayAsync(connection, command) ?? new CommandResult.SequenceTaken();
            }
        }, stop);

    private static async Task<CommandResult?> ReplayAsync<T>(NpgsqlConnection connection, Command<T> command)
        where T : IChannelCommand
    {
        await using var query = OrderStatements.FindKey(connection, command.Key);
        await using var reader = await query.ExecuteReaderAsync(CancellationToken.None);
        if (!await reader.ReadAsync(CancellationToken.None))
            return null;
        return reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(command.Fingerprint)
            ? new CommandResult.Done(reader.GetInt32(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3), IsReplay: true)
            : new CommandResult.KeyReused();
    }

    private async Task<OrderView?> UpdateAsync(NpgsqlConnection connection, Guid id, Command<CancelOrder> command)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(OrderStatements.InsertKey(command, OrderStatements.NotYet));
        batch.BatchCommands.Add(OrderStatements.Cancel(id, command, time.GetUtcNow()));
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        return await reader.ReadAsync(CancellationToken.None) ? OrderStatements.Read(reader) : null;
    }

    private static async Task<CommandResult> WhyNotAsync(NpgsqlConnection connection, Guid id, int[]? expected) =>
        await ReadAsync(connection, id) switch
        {
            null => new CommandResult.NotFound(),
            var order when expected?.Contains(order.Version) == false => new CommandResult.PreconditionFailed(order.Version),
            var order => new CommandResult.Conflict(order.Status),
        };

    private static async Task<OrderView?> ReadAsync(NpgsqlConnection connection, Guid id)
    {
        await using var query = OrderStatements.FindOrder(connection, id);
        await using var reader = await query.ExecuteReaderAsync(CancellationToken.None);
        return await reader.ReadAsync(CancellationToken.None) ? OrderStatements.Read(reader) : null;
    }

    private static CommandResult.Done Answer(int status, OrderView order, OutboxMessage message) => new(
        status, order.Version, JsonSerializer.SerializeToUtf8Bytes(new CommandAnswer(order, message.ToReceipt()), OrdersJson.Default.CommandAnswer), IsReplay: false);
}
