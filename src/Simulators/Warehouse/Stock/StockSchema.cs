using Npgsql;

namespace EventSourcing.Warehouse.Stock;

/// <summary>The application's tables. They know of nothing but stock; a terminal's movements are numbered without gaps, as its paper rolls were.</summary>
internal static class StockSchema
{
    // Two applications that start at once would both create: the lock lets one wait.
    private const string Sql = """
        BEGIN;
        SELECT pg_advisory_xact_lock(5181);
        CREATE TABLE IF NOT EXISTS stock_levels (
            item text PRIMARY KEY, on_hand int NOT NULL, updated_at timestamptz NOT NULL);
        CREATE TABLE IF NOT EXISTS stock_movements (
            terminal text NOT NULL, movement_no bigint NOT NULL, item text NOT NULL, quantity int NOT NULL, moved_at timestamptz NOT NULL, traceparent text,
            PRIMARY KEY (terminal, movement_no));
        CREATE TABLE IF NOT EXISTS reservations (
            id uuid PRIMARY KEY, item text NOT NULL, quantity int NOT NULL, reserved_at timestamptz NOT NULL);
        COMMIT;
        """;

    /// <summary>Creates what is missing.</summary>
    public static async Task CreateAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
