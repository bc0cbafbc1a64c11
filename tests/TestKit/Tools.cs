namespace EventSourcing.TestKit;

/// <summary>Where the programs that tests drive are; null where this machine has none.</summary>
public static class Tools
{
    public static string? Kcat { get; } = OnPath("kcat");

    public static string? Node { get; } = OnPath("node");

    public static string? Java { get; } = OnPath("java");

    /// <summary>The Apache Kafka folder that <c>KAFKA_HOME</c> names, if it holds the client jar.</summary>
    public static string? KafkaHome { get; } = ValidKafkaHome(Environment.GetEnvironmentVariable("KAFKA_HOME"));

    /// <summary>The broker: on PATH, where Debian puts it, or where <c>eng/setup.sh mosquitto</c> unpacked it.</summary>
    public static string? Mosquitto { get; } =
        OnPath("mosquitto") ?? Existing("/usr/sbin/mosquitto") ?? Existing(Repository.PathOf(".tools/mosquitto/mosquitto"));

    public static string? MosquittoPub { get; } = OnPath("mosquitto_pub");

    public static string? MosquittoSub { get; } = OnPath("mosquitto_sub");

    public static string? Chromium { get; } = OnPath("chromium") ?? OnPath("chromium-browser") ?? OnPath("google-chrome");

    /// <summary>Python that finds Qpid Proton, where <c>eng/setup.sh mq_tools</c> unpacked it.</summary>
    public static string? Proton { get; } = Existing(Repository.PathOf(".tools/proton/python"));

    /// <summary>The file system that <c>eng/setup.sh mq_tools</c> unpacked RabbitMQ into.</summary>
    public static string? RabbitMq { get; } = File.Exists(Repository.PathOf(".tools/rabbitmq/ready")) ? Repository.PathOf(".tools/rabbitmq/root") : null;

    /// <summary>The script that runs a private PostgreSQL server; null where it finds no server programs, or on Windows.</summary>
    public static string? PostgresServer { get; } = HasPostgres() ? Repository.PathOf("eng/postgres.sh") : null;

    /// <summary>PostgreSQL's own client.</summary>
    public static string? Psql { get; } = OnPath("psql");

    /// <summary>PostgreSQL's own load generator: on PATH, or where Debian puts it.</summary>
    public static string? Pgbench { get; } = OnPath("pgbench") ?? PostgresFolders().Select(folder => Existing(Path.Combine(folder, "pgbench"))).FirstOrDefault(path => path is not null);

    /// <summary>The folder of the Node.js clients' packages; it exists once <c>eng/setup.sh test_tools</c> has run.</summary>
    public static string NodeClients { get; } = Repository.PathOf("tests/Local/LocalKafka.Tests/Judges/Node/node_modules");

    /// <summary>The tool's path, or an exception that says what is missing: for machines on which a test may not be skipped.</summary>
    public static string Need(string? path, string reason) =>
        path ?? throw new InvalidOperationException($"This test {reason}.");

    private static string? OnPath(string program)
    {
        var file = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Existing(Path.Combine(folder, file)))
            .FirstOrDefault(path => path is not null);
    }

    private static bool HasPostgres() => !OperatingSystem.IsWindows()
        && (Environment.GetEnvironmentVariable("PGBIN") is { Length: > 0 } || OnPath("initdb") is not null
            || PostgresFolders().Any(folder => File.Exists(Path.Combine(folder, "initdb"))));

    private static IEnumerable<string> PostgresFolders() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Append(Repository.PathOf(".tools/postgres/bin"))
            : [Repository.PathOf(".tools/postgres/bin")];

    private static string? Existing(string path) => File.Exists(path) ? path : null;

    private static string? ValidKafkaHome(string? folder) =>
        !string.IsNullOrEmpty(folder) && Directory.Exists(Path.Combine(folder, "libs"))
            && Directory.EnumerateFiles(Path.Combine(folder, "libs"), "kafka-clients-*.jar").Any()
            ? Path.GetFullPath(folder)
            : null;
}
