namespace EventSourcing.TestKit;

/// <summary>
/// What a test may need and a machine may lack, for <c>[Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]</c>.
/// With <c>CI=true</c> every tool counts as present, so that a missing one fails the test instead of hiding it. Container engines are
/// the exception: build machines commonly have none, so <see cref="Containers"/> always tells what is there.
/// </summary>
public static class Requires
{
    public const string KcatReason = "needs kcat on PATH (Debian: apt-get install kcat)";
    public const string NodeReason = "needs node on PATH and the Node.js clients (eng/setup.sh test_tools)";
    public const string JavaReason = "needs java 17 or newer on PATH";
    public const string KafkaHomeReason = "needs KAFKA_HOME to name an Apache Kafka 4.x folder, and java 17 or newer on PATH";
    public const string MosquittoReason = "needs the mosquitto broker (eng/setup.sh mosquitto)";
    public const string MosquittoClientsReason = "needs mosquitto_pub and mosquitto_sub on PATH (Debian: apt-get install mosquitto-clients)";
    public const string ChromiumReason = "needs chromium on PATH (Debian: apt-get install chromium)";
    public const string ProtonReason = "needs Qpid Proton for Python (eng/setup.sh mq_tools)";
    public const string RabbitMqReason = "needs RabbitMQ with its AMQP 1.0 plugin (eng/setup.sh mq_tools)";
    public const string PostgresReason = "needs PostgreSQL 14 or newer (eng/setup.sh postgres)";
    public const string PsqlReason = "needs psql on PATH (Debian: apt-get install postgresql-client)";
    public const string PgbenchReason = "needs pgbench (Debian: apt-get install postgresql)";
    public const string ContainersReason = "needs a running container engine (docker or podman)";

    private static readonly Lazy<bool> ContainerEngine = new(ContainerEngines.AnyRunning);

    public static bool Ci { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    public static bool Kcat { get; } = Ci || Tools.Kcat is not null;

    public static bool Node { get; } = Ci || (Tools.Node is not null && Directory.Exists(Tools.NodeClients));

    public static bool Java { get; } = Ci || Tools.Java is not null;

    public static bool KafkaHome { get; } = Ci || (Tools.KafkaHome is not null && Tools.Java is not null);

    public static bool Mosquitto { get; } = Ci || Tools.Mosquitto is not null;

    public static bool MosquittoClients { get; } = Ci || (Tools.MosquittoPub is not null && Tools.MosquittoSub is not null);

    public static bool Chromium { get; } = Ci || Tools.Chromium is not null;

    public static bool Proton { get; } = Ci || Tools.Proton is not null;

    public static bool RabbitMq { get; } = Ci || Tools.RabbitMq is not null;

    public static bool Postgres { get; } = Ci || Tools.PostgresServer is not null;

    public static bool Psql { get; } = Ci || Tools.Psql is not null;

    public static bool Pgbench { get; } = Ci || Tools.Pgbench is not null;

    public static bool Containers => ContainerEngine.Value;
}
