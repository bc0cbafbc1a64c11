using System.Globalization;
using EventSourcing.AppHost.Backbone;
using EventSourcing.AppHost.Running;

namespace EventSourcing.AppHost.Postgres;

/// <summary>Adds the PostgreSQL server: yours, a container, or a process of this machine.</summary>
public static class PostgresServerExtensions
{
    /// <summary>The server, ready for logical decoding, with databases that are each owned by a role of the same name.</summary>
    /// <exception cref="DistributedApplicationException">This machine has none, and no connection string names one.</exception>
    public static PostgresServer AddPostgresServer(this IDistributedApplicationBuilder builder, string name, params string[] databases)
    {
        var kind = BackboneChoice.For(builder, name, static () => true);
        if (kind == BackboneKind.Embedded)
            kind = BackboneKind.Process;                       // there is no PostgreSQL to embed
        Console.WriteLine($"postgresql: {Describe(kind)}");
        if (kind == BackboneKind.External)
            return new PostgresServer(builder.AddConnectionString(name), accounts: null);
        var accounts = new PostgresAccounts(databases, builder.AddRunSecret($"{name}-password"));
        return kind switch
        {
            BackboneKind.Container => new PostgresServer(builder.AddPostgresContainer(name, accounts), accounts),
            _ => new PostgresServer(builder.AddPostgresProcess(name, accounts), accounts),
        };
    }

    private static string Describe(BackboneKind kind) => kind switch
    {
        BackboneKind.External => "yours (connection string)",
        BackboneKind.Container => "container",
        _ => "process",
    };

    private static IResourceBuilder<PostgresContainerResource> AddPostgresContainer(
        this IDistributedApplicationBuilder builder, string name, PostgresAccounts accounts)
    {
        var server = builder.AddResource(new PostgresContainerResource(name))
            .WithImage("postgres", "18-alpine")
            .WithEnvironment("POSTGRES_PASSWORD", accounts.Password)
            .WithArgs("-c", "wal_level=logical", "-c", "max_replication_slots=20", "-c", "max_wal_senders=20", "-c", "max_slot_wal_keep_size=1GB")
            .WithEndpoint(targetPort: 5432, scheme: "tcp", name: PostgresContainerResource.EndpointName);
        if (builder.ExecutionContext.IsPublishMode)
            return server;                                     // who publishes makes the databases
        var statements = Path.Combine(RunFolder.Of(builder, name), "init.sql");
        return server
            .WithBindMount(statements, "/docker-entrypoint-initdb.d/init.sql", isReadOnly: true)
            .OnBeforeResourceStarted((_, _, stop) => accounts.WriteStatementsAsync(statements, stop));
    }

    private static IResourceBuilder<PostgresProcessResource> AddPostgresProcess(
        this IDistributedApplicationBuilder builder, string name, PostgresAccounts accounts)
    {
        var script = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, "..", "eng", "postgres.sh"));
        if (OperatingSystem.IsWindows())
            throw new DistributedApplicationException($"On Windows PostgreSQL is not started as a process: start Docker or Podman, or set ConnectionStrings:{name}.");
        var port = FreePort.Take();
        var folder = RunFolder.Of(builder, name);
        var statements = Path.Combine(folder, "init.sql");
        return builder.AddResource(new PostgresProcessResource(name, script, folder, port))
            .WithEnvironment("POSTGRES_PASSWORD", accounts.Password)
            .WithArgs(Path.Combine(folder, "data"), port.ToString(CultureInfo.InvariantCulture), statements)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithTcpHealthCheck(port)
            .OnBeforeResourceStarted((_, _, stop) => accounts.WriteStatementsAsync(statements, stop));
    }
}
