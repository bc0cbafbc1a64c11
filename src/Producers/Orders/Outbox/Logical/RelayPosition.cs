using Npgsql;
using NpgsqlTypes;

namespace EventSourcing.Orders.Outbox.Logical;

/// <summary>
/// How far the relay has come, kept in the database: a slot alone may go back after a crash of the server. What lies between stored and attempted was handed to
/// Kafka by a relay that did not live to note the outcome.
/// </summary>
/// <param name="Stored">Everything committed up to here is on the topic.</param>
/// <param name="Attempted">Everything committed up to here may be.</param>
/// <param name="LastSequence">The service's last number as of <paramref name="Stored"/>; what follows is numbered again in the same order, so alike.</param>
internal readonly record struct RelayPosition(NpgsqlLogSequenceNumber Stored, NpgsqlLogSequenceNumber Attempted, long LastSequence)
{
    /// <summary>Reads it.</summary>
    public static async Task<RelayPosition> ReadAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var query = new NpgsqlCommand("SELECT stored_lsn, attempted_lsn, last_sequence FROM orders.relay WHERE name = 'orders'", connection);
        await using var row = await query.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        return new RelayPosition(row.GetFieldValue<NpgsqlLogSequenceNumber>(0), row.GetFieldValue<NpgsqlLogSequenceNumber>(1), row.GetInt64(2));
    }

    /// <summary>Notes it; durable when this returns.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var update = new NpgsqlCommand(
            "UPDATE orders.relay SET stored_lsn = $1, attempted_lsn = $2, last_sequence = $3 WHERE name = 'orders'", connection)
        {
            Parameters =
            {
                new() { Value = Stored, NpgsqlDbType = NpgsqlDbType.PgLsn },
                new() { Value = Attempted, NpgsqlDbType = NpgsqlDbType.PgLsn },
                new() { Value = LastSequence },
            },
        };
        await update.ExecuteNonQueryAsync(stop);
    }
}
