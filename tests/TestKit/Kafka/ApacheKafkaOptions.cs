namespace EventSourcing.TestKit.Kafka;

/// <summary>How a test wants its Apache Kafka.</summary>
public sealed record ApacheKafkaOptions
{
    /// <summary>True: the JVM's optimising compiler too, as in production; starts about a second later. For measurements.</summary>
    public bool Optimised { get; init; }

    /// <summary>Further <c>server.properties</c> entries; they win over the defaults.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>Time allowed for formatting and starting. Default 90 s; a quiet two-core machine needs about 6 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(90);
}
