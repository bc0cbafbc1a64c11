namespace EventSourcing.LocalKafka.Hosting;

/// <summary>What clients are told about the broker: one node, the same everywhere.</summary>
internal sealed record BrokerIdentity(string ClusterId, string Host, int Port)
{
    /// <summary>The address as clients take it in a setting, with brackets around an IPv6 address.</summary>
    public string BootstrapServers => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    public int NodeId { get; } = 1;
}
