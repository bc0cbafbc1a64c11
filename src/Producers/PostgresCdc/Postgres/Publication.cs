using Npgsql;

namespace EventSourcing.PostgresCdc.Postgres;

/// <summary>The publication: what it lacks is added, when the service may; what it has beyond the configured tables stays and is not read.</summary>
internal static class Publication
{
    /// <summary>Makes the publication cover the tables.</summary>
    /// <exception cref="CaptureException">It does not, and is not the service's to change.</exception>
    public static async Task EnsureAsync(NpgsqlConnection connection, string name, IReadOnlyList<CapturedTable> tables, bool manage, CancellationToken stop)
    {
        var covered = await ReadAsync(connection, name, stop);
        var missing = tables.Where(table => covered?.Contains(table.FullName) != true).ToArray();
        if (covered is not null && missing.Length == 0)
            return;
        var list = string.Join(", ", missing.Select(static table => table.Name.Quoted));
        var sql = covered is not null ? $"ALTER PUBLICATION \"{name}\" ADD TABLE {list}"
            : missing.Length == 0 ? $"CREATE PUBLICATION \"{name}\"" : $"CREATE PUBLICATION \"{name}\" FOR TABLE {list}";
        if (!manage)
            throw new CaptureException($"Publication {name} is not as it should be and Cdc:ManagePublication is false; run as owner: {sql}");
        try
        {
            await CatalogQueries.RunAsync(connection, sql, stop);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new CaptureException($"The role may not change publication {name} ({refused.MessageText}); run as owner: {sql}");
        }
    }

    private static async Task<HashSet<string>?> ReadAsync(NpgsqlConnection connection, string name, CancellationToken stop)
    {
        await using var exists = CatalogQueries.Command(connection, "SELECT count(*) FROM pg_publication WHERE pubname = $1", name);
        if (await exists.ExecuteScalarAsync(stop) is 0L)
            return null;
        HashSet<string> tables = [];
        await using var command = CatalogQueries.Command(connection, "SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = $1", name);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            tables.Add(reader.GetString(0));
        return tables;
    }
}
