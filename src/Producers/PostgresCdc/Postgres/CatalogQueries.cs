using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Options;
using Npgsql;

namespace EventSourcing.PostgresCdc.Postgres;

/// <summary>Questions to the catalog.</summary>
internal static class CatalogQueries
{
    /// <summary>The captured tables that are not there (yet).</summary>
    public static async Task<List<string>> FindMissingAsync(NpgsqlConnection connection, IEnumerable<CapturedTable> tables, CancellationToken stop)
    {
        List<string> missing = [];
        foreach (var table in tables)
        {
            await using var command = Command(connection, "SELECT to_regclass($1) IS NULL", table.Name.Quoted);
            if (await command.ExecuteScalarAsync(stop) is true)
                missing.Add(table.FullName);
        }

        return missing;
    }

    /// <summary>Columns of a table as <c>SELECT *</c> gives them, with the primary key marked.</summary>
    public static async Task<TableShape> ReadShapeAsync(NpgsqlConnection connection, CapturedTable table, TypeCatalog types, CancellationToken stop)
    {
        List<Column> columns = [];
        await using var command = Command(
            connection,
            """
            SELECT a.attname::text, a.atttypid::int8, coalesce(a.attnum = ANY (i.indkey), false)
            FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
            WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum
            """,
            table.Name.Quoted);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            columns.Add(new Column(reader.GetString(0), types.Resolve((uint)reader.GetInt64(1)), reader.GetBoolean(2)));
        return new TableShape(table, columns);
    }

    /// <summary>Names of the columns of the primary key.</summary>
    public static async Task<HashSet<string>> ReadPrimaryKeyAsync(NpgsqlConnection connection, TableName table, CancellationToken stop)
    {
        HashSet<string> names = [];
        await using var command = Command(
            connection,
            "SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indisprimary AND i.indrelid = to_regclass($1)",
            table.Quoted);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>End of the log that is on the server's disk.</summary>
    public static async Task<ulong> ReadFlushLsnAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = Command(connection, "SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::numeric::text");
        return ulong.Parse((string)(await command.ExecuteScalarAsync(stop))!, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A command with positional parameters.</summary>
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    /// <summary>Runs a statement.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
