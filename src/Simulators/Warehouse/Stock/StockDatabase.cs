using Npgsql;

namespace EventSourcing.Warehouse.Stock;

/// <summary>A terminal's connection. A movement is one transaction over up to three tables: insert, upsert, and an insert or a delete.</summary>
internal sealed class StockDatabase(NpgsqlConnection connection) : IAsyncDisposable
{
    /// <summary>Connects.</summary>
    /// <exception cref="NpgsqlException">The database is away, or refuses.</exception>
    public static async Task<StockDatabase> OpenAsync(string connectionString, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(stop);
            return new StockDatabase(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes a movement, without committing it.</summary>
    public async Task<NpgsqlTransaction> WriteAsync(string terminal, Movement movement, CancellationToken stop)
    {
        var transaction = await connection.BeginTransactionAsync(stop);
        await using var batch = new NpgsqlBatch(connection, transaction);
        Add(batch, "INSERT INTO stock_movements (terminal, movement_no, item, quantity, moved_at, traceparent) VALUES ($1, $2, $3, $4, $5, $6)",
            terminal, movement.Number, movement.Item, movement.Quantity, movement.At, (object?)movement.TraceParent ?? DBNull.Value);
        Add(batch, "INSERT INTO stock_levels AS own VALUES ($1, $2, $3) ON CONFLICT (item) DO UPDATE SET on_hand = own.on_hand + $2, updated_at = $3",
            movement.Item, movement.Quantity, movement.At);
        if (movement.Quantity > 0)
            Add(batch, "INSERT INTO reservations VALUES ($1, $2, $3, $4)", movement.Reservation, movement.Item, movement.Quantity, movement.At);
        else
            Add(batch, "DELETE FROM reservations WHERE id = $1", movement.Reservation);
        await batch.ExecuteNonQueryAsync(stop);
        return transaction;
    }

    /// <summary>The movement was committed.</summary>
    public async Task<bool> HasAsync(string terminal, long number, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT count(*) FROM stock_movements WHERE terminal = $1 AND movement_no = $2", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = terminal });
        command.Parameters.Add(new NpgsqlParameter { Value = number });
        return await command.ExecuteScalarAsync(stop) is 1L;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        batch.BatchCommands.Add(command);
    }
}
