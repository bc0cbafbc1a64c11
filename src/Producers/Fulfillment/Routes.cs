using EventSourcing.EventBackbone;
using Route = EventSourcing.EventBackbone.Route;

namespace EventSourcing.Fulfillment;

/// <summary>The topics this service owns and what it promises on them, and the one it reads.</summary>
public static class Routes
{
    /// <summary>
    /// Topic <c>process-steps</c>, keyed by process instance id. Only the outbox's relay publishes on it; while the backbone is away it is refused, and the steps stay
    /// in the database.
    /// </summary>
    public static readonly Route ProcessSteps = new(
        new TopicDeclaration("process-steps", "process instance id"),
        new DeliveryProfile { Failover = Failover.Refuse });

    /// <summary>The topic that starts and cancels processes; the order service's.</summary>
    public const string Orders = "orders";

    /// <summary>The consumer group that reads it; all replicas share it.</summary>
    public const string Group = "fulfillment";
}
