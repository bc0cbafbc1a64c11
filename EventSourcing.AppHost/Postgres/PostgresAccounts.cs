namespace EventSourcing.AppHost.Postgres;

/// <summary>The databases of a run, each with an owner of the same name, and the owners' one password.</summary>
internal sealed class PostgresAccounts(IReadOnlyList<string> databases, IResourceBuilder<ParameterResource> password)
{
    public IResourceBuilder<ParameterResource> Password { get; } = password;

    /// <summary>Writes the statements that create them, one per line; whoever may read the file may read the password.</summary>
    public async Task WriteStatementsAsync(string file, CancellationToken stop)
    {
        var value = await Password.Resource.GetValueAsync(stop);
        var literal = value!.Replace("'", "''", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(file, databases.SelectMany(database => Statements(database, literal)), stop);
    }

    /// <summary>What logs in to a database of the server, in Npgsql's words; the quotes let the password have semicolons.</summary>
    public ReferenceExpression ConnectionString(IResourceBuilder<IResourceWithConnectionString> server, string database) =>
        ReferenceExpression.Create($"{server};Username={database};Password=\"{Password}\";Database={database}");

    // REPLICATION: an outbox that is read from the log and change capture open replication slots.
    private static IEnumerable<string> Statements(string database, string password) =>
        [$"CREATE ROLE {database} LOGIN REPLICATION PASSWORD '{password}';", $"CREATE DATABASE {database} OWNER {database};"];
}
