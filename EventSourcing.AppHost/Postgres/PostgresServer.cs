namespace EventSourcing.AppHost.Postgres;

/// <summary>A PostgreSQL server of the topology and the way to its databases.</summary>
public sealed class PostgresServer
{
    private readonly PostgresAccounts? _accounts;

    internal PostgresServer(IResourceBuilder<IResourceWithConnectionString> resource, PostgresAccounts? accounts) => (Resource, _accounts) = (resource, accounts);

    /// <summary>The server; its connection string names no database.</summary>
    public IResourceBuilder<IResourceWithConnectionString> Resource { get; }

    /// <summary>A database as <c>ConnectionStrings:NAME</c> for Npgsql, on a server of your own with the login of its connection string.</summary>
    public ReferenceExpression ConnectionString(string database) => _accounts is null
        ? ReferenceExpression.Create($"{Resource};{$"Database={database}"}")
        : _accounts.ConnectionString(Resource, database);
}

/// <summary>Arrows to a database.</summary>
public static class PostgresReferenceExtensions
{
    /// <summary>Gives the project one database of the server, under the database's name, and lets it wait for the server.</summary>
    public static IResourceBuilder<ProjectResource> WithDatabase(this IResourceBuilder<ProjectResource> project, PostgresServer server, string database) =>
        project.WithEnvironment($"ConnectionStrings__{database}", server.ConnectionString(database)).WaitFor(server.Resource);
}
