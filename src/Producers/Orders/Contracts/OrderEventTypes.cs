using EventSourcing.HttpIntake;

namespace EventSourcing.Orders.Contracts;

/// <summary>CloudEvents <c>type</c> of each event on the topic <c>orders</c>.</summary>
public static class OrderEventTypes
{
    /// <summary>An order was placed; data: <see cref="OrderPlaced"/>.</summary>
    public const string Placed = "io.eventsourcing.order.placed.v1";

    /// <summary>An order was cancelled; data: <see cref="OrderCancelled"/>.</summary>
    public const string Cancelled = "io.eventsourcing.order.cancelled.v1";

    /// <summary>The types with their contracts.</summary>
    internal static EventCatalog Catalog(Uri schemaBase) => new(
        new DataContract(Placed, OrdersJson.Default.OrderPlaced, schemaBase),
        new DataContract(Cancelled, OrdersJson.Default.OrderCancelled, schemaBase));
}
