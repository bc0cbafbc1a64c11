using System.Globalization;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.TestKit.Postgres;

/// <summary>A private PostgreSQL server with <c>wal_level=logical</c>, on a free loopback port, as <c>eng/postgres.sh</c> runs it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Password = "of-a-test-server";

    private readonly string _folder;
    private TestProcess? _process;

    private PostgresServer(string folder, int port) => (_folder, Port) = (folder, port);

    public int Port { get; }

    /// <summary>The server process, for the time it runs; PostgreSQL's postmaster is a child of it.</summary>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The server does not run.");

    /// <summary>Creates a cluster with the databases, each owned by a role of the same name, and starts it; returns once it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL on this machine, or it ended at once.</exception>
    public static async Task<PostgresServer> StartAsync(IEnumerable<string> databases, CancellationToken stop = default)
    {
        // Not below a folder that only its owner may enter: for root the server runs as `nobody`.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"eventsourcing-postgres-{Guid.NewGuid():N}")).FullName;
        var server = new PostgresServer(folder, FreePort.Next());
        try
        {
            await File.WriteAllLinesAsync(server.InitFile, databases.SelectMany(Statements), stop);
            await server.StartAgainAsync(stop);
            return server;
        }
        catch
        {
            await server.KillAsync();
            TempFolder.Delete(folder);
            throw;
        }
    }

    /// <summary>For Npgsql; kept over restarts. The role is the database's owner and may replicate.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={database};Password={Password};Database={database}");

    /// <summary>The superuser's, for Npgsql.</summary>
    public string AdminConnectionString(string database = "postgres") =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username=postgres;Password={Password};Database={database}");

    /// <summary>For psql and pgbench, as an environment: PGHOST and so on.</summary>
    public IReadOnlyDictionary<string, string?> ClientEnvironment(string database) => new Dictionary<string, string?>
    {
        ["PGHOST"] = "127.0.0.1",
        ["PGPORT"] = Port.ToString(CultureInfo.InvariantCulture),
        ["PGUSER"] = database,
        ["PGPASSWORD"] = Password,
        ["PGDATABASE"] = database,
    };

    /// <summary>Runs statements by psql and returns what it printed, unaligned, without headers.</summary>
    public async Task<string> PsqlAsync(string database, string sql, CancellationToken stop = default) =>
        (await ProcessRunner.RunAsync(
            Tools.Need(Tools.Psql, Requires.PsqlReason), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], sql, ClientEnvironment(database), stop: stop))
        .EnsureSuccess().StandardOutput.Trim();

    /// <summary>Starts on the same port and data after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task StartAgainAsync(CancellationToken stop = default)
    {
        _process = TestProcess.Start(
            Tools.Need(Tools.PostgresServer, Requires.PostgresReason), [Path.Combine(_folder, "data"), Port.ToString(CultureInfo.InvariantCulture), InitFile],
            new Dictionary<string, string?> { ["POSTGRES_PASSWORD"] = Password });
        await _process.WaitForLineAsync(static line => line.Contains("ready to accept connections", StringComparison.Ordinal), "accepting connections", stop: stop);
    }

    /// <summary>Fast shutdown: open connections are cut, everything is flushed.</summary>
    public async Task StopAsync(CancellationToken stop = default)
    {
        if (_process is not { } process)
            return;
        _process = null;
        await process.StopAsync(stop: stop);
        await process.DisposeAsync();
    }

    /// <summary>SIGKILL to every process of the server: no shutdown, recovery at the next start.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        await process.KillAsync();
        await process.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string InitFile => Path.Combine(_folder, "init.sql");

    private static IEnumerable<string> Statements(string database) =>
        [$"CREATE ROLE {database} LOGIN REPLICATION PASSWORD '{Password}'", $"CREATE DATABASE {database} OWNER {database}"];
}
