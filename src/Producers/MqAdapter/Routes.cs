using EventSourcing.EventBackbone;

namespace EventSourcing.MqAdapter;

/// <summary>The topic this service owns and what it promises on it.</summary>
public static class Routes
{
    /// <summary>
    /// Topic <c>store-sales</c>, keyed by store id. The queue keeps what is not settled, so nothing is spooled here: while the backbone is away
    /// messages go back to it. The long delivery timeout lets an outage pass without reordering.
    /// </summary>
    public static readonly Route StoreSales = new(
        new TopicDeclaration("store-sales", "store id"),
        new DeliveryProfile { DeliveryTimeout = TimeSpan.FromMinutes(1) });
}
