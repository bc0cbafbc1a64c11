using EventSourcing.EventBackbone;
using Route = EventSourcing.EventBackbone.Route;

namespace EventSourcing.Orders;

/// <summary>The topics this service owns and what it promises on them.</summary>
public static class Routes
{
    /// <summary>
    /// Topic <c>orders</c>, keyed by order id. Only the outbox's relay publishes on it; while the backbone is away it is refused, and the
    /// events stay where they are safe: in the database.
    /// </summary>
    public static readonly Route Orders = new(
        new TopicDeclaration("orders", "order id"),
        new DeliveryProfile { Failover = Failover.Refuse, MaxEventBytes = 262_144 });
}
