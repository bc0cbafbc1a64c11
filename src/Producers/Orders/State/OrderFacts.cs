using System.Text.Json;
using EventSourcing.Orders.Contracts;
using EventSourcing.Orders.Outbox;

namespace EventSourcing.Orders.State;

/// <summary>From a command to the order and its event.</summary>
internal static class OrderFacts
{
    private const string Source = "/orders";
    private const long TicksPerMicrosecond = 10;

    /// <summary>A new order.</summary>
    public static OrderView Placed(PlaceOrder body, DateTimeOffset now)
    {
        var time = ToDatabase(now);
        return new OrderView(
            Guid.CreateVersion7(now), OrderView.Placed, 1, body.CustomerId, body.Currency, body.Lines.Sum(line => line.Quantity * line.UnitPrice),
            body.Lines, time, time);
    }

    /// <summary>The event of an order that was just placed.</summary>
    public static OutboxMessage Event(OrderView order, PlaceOrder body, string? traceParent)
    {
        var data = new OrderPlaced(order.OrderId.ToString(), order.Version, order.CustomerId, order.Currency, order.Total, order.Lines);
        return Event(order, OrderEventTypes.Placed, JsonSerializer.SerializeToElement(data, OrdersJson.Default.OrderPlaced), body, traceParent);
    }

    /// <summary>The event of an order that was just cancelled.</summary>
    public static OutboxMessage Event(OrderView order, CancelOrder body, string? traceParent)
    {
        var data = new OrderCancelled(order.OrderId.ToString(), order.Version, order.Reason);
        return Event(order, OrderEventTypes.Cancelled, JsonSerializer.SerializeToElement(data, OrdersJson.Default.OrderCancelled), body, traceParent);
    }

    private static OutboxMessage Event(OrderView order, string type, JsonElement data, IChannelCommand command, string? traceParent) => new(
        Guid.CreateVersion7(), OutboxMessage.Order, order.OrderId.ToString(), type, data, order.ChangedAt,
        command.Channel is { } channel ? $"{Source}/{channel}" : Source, command.ChannelSequence, traceParent);

    // PostgreSQL keeps microseconds; the answer must say what a later query says.
    private static DateTimeOffset ToDatabase(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TicksPerMicrosecond), TimeSpan.Zero);
}
