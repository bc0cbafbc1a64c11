namespace EventSourcing.Orders.Contracts;

/// <summary>A line of an order.</summary>
/// <param name="Sku">The article: 1 to 64 of <c>[A-Za-z0-9._-]</c>.</param>
/// <param name="Quantity">Pieces, count, 1 to 100,000.</param>
/// <param name="UnitPrice">Price of a piece in the order's currency, 0 to 1,000,000, at most 4 decimals.</param>
public sealed record OrderLine(string Sku, int Quantity, decimal UnitPrice);
