namespace EventSourcing.Till.Sales;

/// <summary>One line of a basket, as the till prints it.</summary>
/// <param name="StoreId">At most 6 characters.</param>
/// <param name="TillId">At most 4 characters.</param>
/// <param name="SaleNumber">0 to 999,999,999.</param>
/// <param name="SoldAt">To the second.</param>
/// <param name="Sku">At most 12 characters.</param>
/// <param name="Description">At most 20 characters.</param>
/// <param name="Quantity">-99,999 to 99,999; negative for what was taken back.</param>
/// <param name="UnitPrice">At most 7 digits before the point and 2 behind it.</param>
internal sealed record Sale(
    string StoreId, string TillId, uint SaleNumber, DateTimeOffset SoldAt, string Sku, string Description, int Quantity, decimal UnitPrice)
{
    /// <summary>Quantity times price.</summary>
    public decimal Amount => Quantity * UnitPrice;
}
