using Npgsql;

namespace EventSourcing.Orders.State;

/// <summary>The tables, made at the first start. Replicas that start together wait for each other.</summary>
internal static class Schema
{
    /// <summary>Advisory lock of the schema's making.</summary>
    private const long MakingLock = 0x4F52444552530001;

    /// <summary>Advisory lock of the active relay.</summary>
    public const long RelayLock = 0x4F52444552530002;

    private const string Tables =
        """
        CREATE SCHEMA IF NOT EXISTS orders;

        CREATE TABLE IF NOT EXISTS orders.orders (
            id uuid PRIMARY KEY,
            status text NOT NULL,
            version int NOT NULL,
            customer_id text NOT NULL,
            currency text NOT NULL,
            total numeric NOT NULL,
            lines jsonb NOT NULL,
            reason text,
            placed_at timestamptz NOT NULL,
            changed_at timestamptz NOT NULL);

        -- One row per command that was done: its key, what it looked like, and its answer.
        CREATE TABLE IF NOT EXISTS orders.idempotency_keys (
            key text CONSTRAINT idempotency_keys_pkey PRIMARY KEY,
            fingerprint bytea NOT NULL,
            channel text,
            channel_sequence bigint,
            status int NOT NULL,
            version int NOT NULL,
            answer bytea NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            CONSTRAINT idempotency_keys_channel UNIQUE (channel, channel_sequence));
        CREATE INDEX IF NOT EXISTS idempotency_keys_created ON orders.idempotency_keys (created_at);

        -- The columns of Debezium's outbox event router, and what the envelope needs besides.
        CREATE TABLE IF NOT EXISTS orders.outbox (
            id uuid PRIMARY KEY,
            aggregatetype varchar(255) NOT NULL,
            aggregateid varchar(255) NOT NULL,
            type varchar(255) NOT NULL,
            payload jsonb NOT NULL,
            position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT outbox_position UNIQUE,
            "time" timestamptz NOT NULL,
            source text NOT NULL,
            sequence bigint,
            traceparent text,
            attempts int NOT NULL DEFAULT 0)
            WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

        -- The service's own numbers, for events that no channel has numbered; and how far the relay of logical messages has come.
        CREATE TABLE IF NOT EXISTS orders.relay (
            name text PRIMARY KEY,
            last_sequence bigint NOT NULL DEFAULT 0,
            stored_lsn pg_lsn NOT NULL DEFAULT '0/0',
            attempted_lsn pg_lsn NOT NULL DEFAULT '0/0');
        INSERT INTO orders.relay (name) VALUES ('orders') ON CONFLICT DO NOTHING;
        """;

    /// <summary>Makes what is missing.</summary>
    public static async Task EnsureAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (var guard = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({MakingLock})", connection))
            await guard.ExecuteNonQueryAsync(stop);
        await using (var tables = new NpgsqlCommand(Tables, connection))
            await tables.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Makes the slot that logical messages are read from, before the first one is written.</summary>
    public static async Task EnsureSlotAsync(NpgsqlConnection connection, string name, CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_advisory_lock({MakingLock})"));
        await batch.ExecuteNonQueryAsync(stop);
        try
        {
            // A publication of no tables: messages pass it whatever it lists.
            if (!await ExistsAsync(connection, "SELECT FROM pg_publication WHERE pubname = $1", name, stop))
                await ExecuteAsync(connection, $"CREATE PUBLICATION {name}", stop);
            if (!await ExistsAsync(connection, "SELECT FROM pg_replication_slots WHERE slot_name = $1", name, stop)
                && !await HasRelayedAsync(connection, stop))
                await ExecuteAsync(connection, $"SELECT pg_create_logical_replication_slot('{name}', 'pgoutput')", stop);
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({MakingLock})", stop);
        }
    }

    // A slot that was there and is gone is not made again quietly: what was committed in between would be missing.
    private static Task<bool> HasRelayedAsync(NpgsqlConnection connection, CancellationToken stop) =>
        ExistsAsync(connection, "SELECT FROM orders.relay WHERE name = $1 AND stored_lsn > '0/0'", "orders", stop);

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string query, string name, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(query, connection) { Parameters = { new() { Value = name } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
