using EventSourcing.LocalKafka.Security;

namespace EventSourcing.LocalKafka.Hosting;

/// <summary>What clients are told about the broker: one node, the same everywhere, at the address of the listener that they came through.</summary>
internal sealed record BrokerIdentity(string ClusterId, IReadOnlyList<AdvertisedListener> Listeners)
{
    public int NodeId { get; } = 1;
}
