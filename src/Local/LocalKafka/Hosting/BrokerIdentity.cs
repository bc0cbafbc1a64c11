namespace EventSourcing.LocalKafka.Hosting;

/// <summary>What clients are told about the broker: one node, the same everywhere.</summary>
internal sealed record BrokerIdentity(string ClusterId, string Host, int Port)
{
    public int NodeId { get; } = 1;
}
