using System.ComponentModel.DataAnnotations;

namespace EventSourcing.Orders.Contracts;

/// <summary>An order was cancelled.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Version">The order's version after this event.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record OrderCancelled(
    [property: StringLength(36, MinimumLength = 36)] string OrderId,
    int Version,
    [property: StringLength(200)] string? Reason = null);
