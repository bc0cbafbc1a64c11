using EventSourcing.PostgresCdc.Postgres;
using Npgsql;

namespace EventSourcing.PostgresCdc.Triggers;

/// <summary>
/// What trigger capture puts into the database: schema <c>eventsourcing_cdc</c> with the log table and one function, and two triggers per table. The function
/// fixes the session settings, so that values have one text form whoever writes.
/// </summary>
internal static class TriggerObjects
{
    private const string Objects = """
        CREATE SCHEMA IF NOT EXISTS eventsourcing_cdc;
        CREATE TABLE IF NOT EXISTS eventsourcing_cdc.change_log (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, relation text NOT NULL, op text NOT NULL, xid bigint NOT NULL DEFAULT txid_current(),
            changed_at timestamptz NOT NULL DEFAULT clock_timestamp(), old_row json, new_row json);
        CREATE OR REPLACE FUNCTION eventsourcing_cdc.log_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = pg_catalog SET TimeZone = 'UTC' SET DateStyle = 'ISO' SET IntervalStyle = 'iso_8601' SET bytea_output = 'hex' SET extra_float_digits = '1'
            AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO eventsourcing_cdc.change_log (relation, op, new_row) VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, 'c', row_to_json(NEW));
            ELSIF TG_OP = 'UPDATE' THEN
                INSERT INTO eventsourcing_cdc.change_log (relation, op, old_row, new_row) VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, 'u', row_to_json(OLD), row_to_json(NEW));
            ELSIF TG_OP = 'DELETE' THEN
                INSERT INTO eventsourcing_cdc.change_log (relation, op, old_row) VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, 'd', row_to_json(OLD));
            ELSE
                INSERT INTO eventsourcing_cdc.change_log (relation, op) VALUES (TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, 't');
            END IF;
            RETURN NULL;
        END $$;
        """;

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="CaptureException">The role may not.</exception>
    public static async Task EnsureAsync(NpgsqlConnection connection, IReadOnlyList<CapturedTable> tables, CancellationToken stop)
    {
        try
        {
            if (!await HasAsync(connection, "SELECT to_regclass('eventsourcing_cdc.change_log') IS NOT NULL AND to_regproc('eventsourcing_cdc.log_change') IS NOT NULL", stop))
                await CatalogQueries.RunAsync(connection, Objects, stop);
            foreach (var table in tables)
                await EnsureAsync(connection, table, stop);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new CaptureException($"The role may not make what trigger capture needs ({refused.MessageText}): CREATE on the database, ownership of the tables.");
        }
    }

    /// <summary>Inside a snapshot's transaction: what the log holds of these tables is in the snapshot; the LSN that names the snapshot.</summary>
    public static async Task<ulong> ForgetAsync(NpgsqlConnection connection, IReadOnlyList<CapturedTable> tables, CancellationToken stop)
    {
        await using var command = CatalogQueries.Command(
            connection, "DELETE FROM eventsourcing_cdc.change_log WHERE relation = ANY ($1)", (object)tables.Select(static table => table.FullName).ToArray());
        await command.ExecuteNonQueryAsync(stop);
        return await CatalogQueries.ReadFlushLsnAsync(connection, stop);
    }

    private static async Task EnsureAsync(NpgsqlConnection connection, CapturedTable table, CancellationToken stop)
    {
        var name = table.Name.Quoted;
        if (await HasAsync(connection, $"SELECT count(*) = 2 FROM pg_trigger WHERE tgrelid = '{name.Replace("'", "''", StringComparison.Ordinal)}'::regclass AND tgname IN ('cdc_row', 'cdc_truncate')", stop))
            return;
        await CatalogQueries.RunAsync(
            connection,
            $"""
            CREATE OR REPLACE TRIGGER cdc_row AFTER INSERT OR UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION eventsourcing_cdc.log_change();
            CREATE OR REPLACE TRIGGER cdc_truncate AFTER TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION eventsourcing_cdc.log_change();
            """,
            stop);
    }

    private static async Task<bool> HasAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(stop) is true;
    }
}
