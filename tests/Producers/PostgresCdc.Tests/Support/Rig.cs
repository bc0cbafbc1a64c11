using EventSourcing.LocalKafka;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Postgres;

namespace EventSourcing.PostgresCdc.Tests.Support;

/// <summary>A Kafka broker, a database of its own on the assembly's PostgreSQL server (or a server of its own), and a folder, of one test's own.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly TempFolder _folder = new("postgres-cdc");
    private readonly List<Cdc> _services = [];

    private Rig(LocalKafkaBroker kafka, PostgresServer postgres, string database) => (Kafka, Postgres, Database) = (kafka, postgres, database);

    public LocalKafkaBroker Kafka { get; }

    public PostgresServer Postgres { get; }

    public string Database { get; }

    public TempFolder Folder => _folder;

    public static async Task<Rig> StartAsync(CancellationToken stop)
    {
        var database = $"t{Guid.NewGuid():N}"[..12];
        var postgres = await PostgresServer.StartAsync([database], stop);
        return new Rig(await LocalKafkaBroker.StartAsync(stop: stop), postgres, database);
    }

    public string Topic(string table) => $"cdc.{Database}.public.{table}";

    /// <summary>Runs SQL by psql as the database's owner; what it printed.</summary>
    public Task<string> SqlAsync(string sql, CancellationToken stop) => Postgres.PsqlAsync(Database, sql, stop);

    /// <summary>Settings for these tables, impatient enough for tests.</summary>
    public Dictionary<string, string?> Settings(string[] tables, params (string Key, string? Value)[] own)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = Kafka.BootstrapServers,
            ["ConnectionStrings:warehouse"] = Postgres.ConnectionString(Database),
            ["Backbone:SpoolDirectory"] = _folder.File($"spool-{_services.Count}/x")[..^2],
            ["Cdc:PositionInterval"] = "00:00:00.050",
            ["Cdc:HeartbeatInterval"] = "00:00:00.500",
            ["Cdc:GuardInterval"] = "00:00:00.200",
            ["Cdc:ReconnectDelayMax"] = "00:00:01",
            ["Cdc:PollInterval"] = "00:00:00.050",
            ["Cdc:Partitions"] = "3",
        };
        for (var i = 0; i < tables.Length; i++)
            settings[$"Cdc:Tables:{i}:Name"] = tables[i];
        foreach (var (key, value) in own)
            settings[key] = value;
        return settings;
    }

    /// <summary>A service that streams.</summary>
    public async Task<Cdc> StartCdcAsync(string[] tables, CancellationToken stop, params (string Key, string? Value)[] own)
    {
        var cdc = await Cdc.StartAsync(Settings(tables, own), stop);
        _services.Add(cdc);
        await cdc.DoesAsync("streaming", stop);
        return cdc;
    }

    /// <summary>The changes of a table's topic once there are <paramref name="count"/> records.</summary>
    public async Task<IReadOnlyList<ChangeRecord>> ReadAsync(string table, int count, CancellationToken stop) =>
        ChangeRecord.Read(await Eventually.ValueAsync(
            _ => TopicLog.ReadAsync(Kafka.BootstrapServers, Topic(table)), records => records.Count >= count, $"{count} records on {Topic(table)}", stop: stop));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services)
            await service.DisposeAsync();
        await Postgres.DisposeAsync();
        await Kafka.DisposeAsync();
        _folder.Dispose();
    }
}
