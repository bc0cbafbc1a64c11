using System.ComponentModel.DataAnnotations;

namespace EventSourcing.Orders.Contracts;

/// <summary>An order was placed.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Version">The order's version after this event: 1.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Total">Sum over the lines, in the currency.</param>
/// <param name="Lines">What was ordered.</param>
public sealed record OrderPlaced(
    [property: StringLength(36, MinimumLength = 36)] string OrderId,
    int Version,
    [property: StringLength(64, MinimumLength = 1)] string CustomerId,
    [property: StringLength(3, MinimumLength = 3)] string Currency,
    decimal Total,
    IReadOnlyList<OrderLine> Lines);
