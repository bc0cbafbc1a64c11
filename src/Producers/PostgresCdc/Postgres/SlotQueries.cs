using System.Globalization;
using Npgsql;

namespace EventSourcing.PostgresCdc.Postgres;

/// <summary>The replication slot as the server has it.</summary>
/// <param name="ConfirmedLsn">What was confirmed, by anybody.</param>
/// <param name="IsLost">The server has removed log that the slot needs, or has invalidated it.</param>
/// <param name="RetainedBytes">Log that is kept for it.</param>
/// <param name="LagBytes">Log behind the confirmed position.</param>
/// <param name="Plugin">Output plugin.</param>
internal sealed record SlotState(ulong ConfirmedLsn, bool IsLost, long RetainedBytes, long LagBytes, string Plugin);

/// <summary>Questions about the slot, and the lock that tells the active instance from standbys.</summary>
internal static class SlotQueries
{
    /// <summary>The slot; null when there is none.</summary>
    public static async Task<SlotState?> ReadAsync(NpgsqlConnection connection, string slot, CancellationToken stop)
    {
        await using var command = CatalogQueries.Command(
            connection,
            """
            SELECT (coalesce(confirmed_flush_lsn, '0/0') - '0/0'::pg_lsn)::text, coalesce(wal_status, 'lost') = 'lost',
                   coalesce(pg_current_wal_lsn() - restart_lsn, 0)::int8, coalesce(pg_current_wal_lsn() - confirmed_flush_lsn, 0)::int8, coalesce(plugin, '')::text
            FROM pg_replication_slots WHERE slot_name = $1
            """,
            slot);
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop)
            ? new SlotState(
                ulong.Parse(reader.GetString(0), CultureInfo.InvariantCulture), reader.GetBoolean(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetString(4))
            : null;
    }

    /// <summary>Drops the slot when it is there.</summary>
    public static async Task DropAsync(NpgsqlConnection connection, string slot, CancellationToken stop)
    {
        await using var command = CatalogQueries.Command(connection, "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = $1", slot);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Takes the lock of a slot's active instance, for as long as the connection lives; false when another has it.</summary>
    public static async Task<bool> TryLockAsync(NpgsqlConnection connection, string slot, CancellationToken stop)
    {
        await using var command = CatalogQueries.Command(connection, "SELECT pg_try_advisory_lock(hashtextextended($1, 0))", $"postgres-cdc:{slot}");
        return await command.ExecuteScalarAsync(stop) is true;
    }

    /// <summary>Writes a heartbeat to the log, as a transaction of its own.</summary>
    public static async Task BeatAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = CatalogQueries.Command(connection, "SELECT pg_logical_emit_message(true, $1, '')", HeartbeatPrefix);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Prefix of heartbeats.</summary>
    public const string HeartbeatPrefix = "cdc.heartbeat";
}
