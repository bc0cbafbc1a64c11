namespace EventSourcing.Orders.Contracts;

/// <summary>An order as the API shows it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status"><c>placed</c> or <c>cancelled</c>.</param>
/// <param name="Version">Counts the changes; the <c>ETag</c> is this number in quotes.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Total">Sum over the lines, in the currency.</param>
/// <param name="Lines">What was ordered.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="ChangedAt">When it last changed.</param>
/// <param name="Reason">Why it was cancelled.</param>
public sealed record OrderView(
    Guid OrderId, string Status, int Version, string CustomerId, string Currency, decimal Total, IReadOnlyList<OrderLine> Lines,
    DateTimeOffset PlacedAt, DateTimeOffset ChangedAt, string? Reason = null)
{
    /// <summary><see cref="Status"/> of an order that stands.</summary>
    public const string Placed = "placed";

    /// <summary><see cref="Status"/> of an order that was cancelled.</summary>
    public const string Cancelled = "cancelled";
}
