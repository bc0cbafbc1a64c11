using Npgsql;

namespace EventSourcing.Fulfillment.State;

/// <summary>The tables, made at the first start. Replicas that start together wait for each other.</summary>
internal static class Schema
{
    /// <summary>Advisory lock of the active relay.</summary>
    public const long RelayLock = 0x46554C4649000002;

    /// <summary>Advisory lock of the schema's making.</summary>
    private const long MakingLock = 0x46554C4649000001;

    private const string Tables =
        """
        CREATE SCHEMA IF NOT EXISTS fulfillment;

        CREATE TABLE IF NOT EXISTS fulfillment.instances (
            id text PRIMARY KEY,
            state text NOT NULL,
            ending text,
            attempt int NOT NULL DEFAULT 0,
            number int NOT NULL DEFAULT 0,
            due_at timestamptz NOT NULL,
            deadline timestamptz NOT NULL,
            cancel_requested boolean NOT NULL DEFAULT false,
            traceparent text,
            ended_at timestamptz);
        CREATE INDEX IF NOT EXISTS instances_due ON fulfillment.instances (due_at) WHERE ended_at IS NULL;
        CREATE INDEX IF NOT EXISTS instances_ended ON fulfillment.instances (ended_at) WHERE ended_at IS NOT NULL;

        -- The outbox, with the columns of Debezium's outbox event router: a log, numbered in the order of commit.
        CREATE TABLE IF NOT EXISTS fulfillment.outbox (
            sequence bigint PRIMARY KEY,
            id uuid NOT NULL,
            aggregatetype varchar(255) NOT NULL,
            aggregateid varchar(255) NOT NULL,
            type varchar(255) NOT NULL,
            payload jsonb NOT NULL,
            "time" timestamptz NOT NULL,
            traceparent text);

        -- The last number given. Its row lock is held to the commit, so numbers are dense and committed in order.
        CREATE TABLE IF NOT EXISTS fulfillment.counter (last_sequence bigint NOT NULL, source text NOT NULL);
        INSERT INTO fulfillment.counter
            SELECT 0, '/fulfillment/' || substr(md5(random()::text || clock_timestamp()), 1, 6) || '/steps' WHERE NOT EXISTS (SELECT FROM fulfillment.counter);

        -- How far the relay has come: what lies between was handed to Kafka by one that did not live to note the outcome.
        CREATE TABLE IF NOT EXISTS fulfillment.relay (stored_sequence bigint NOT NULL, attempted_sequence bigint NOT NULL);
        INSERT INTO fulfillment.relay SELECT 0, 0 WHERE NOT EXISTS (SELECT FROM fulfillment.relay);
        """;

    /// <summary>Makes what is missing; returns the CloudEvents <c>source</c> of this database's steps.</summary>
    public static async Task<string> EnsureAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (var guard = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({MakingLock})", connection))
            await guard.ExecuteNonQueryAsync(stop);
        await using (var tables = new NpgsqlCommand(Tables, connection))
            await tables.ExecuteNonQueryAsync(stop);
        await using var source = new NpgsqlCommand("SELECT source FROM fulfillment.counter", connection);
        var name = (string)(await source.ExecuteScalarAsync(stop))!;
        await transaction.CommitAsync(stop);
        return name;
    }
}
