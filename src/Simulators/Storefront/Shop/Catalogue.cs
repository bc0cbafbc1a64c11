namespace EventSourcing.Storefront.Shop;

/// <summary>Everything the shop sells: spare parts for pumps.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Product> Products { get; } =
    [
        new("P-100", "Impeller, bronze", 189.00m),
        new("P-110", "Mechanical seal kit", 74.50m),
        new("P-120", "Thrust bearing", 58.20m),
        new("P-130", "Pressure transmitter, 0 to 40 bar", 142.00m),
        new("P-140", "Motor cable, 3 x 16 mm2, 50 m", 317.90m),
        new("P-150", "Check valve, DN 80", 96.00m),
    ];

    public static Product? Find(string? sku) => Products.FirstOrDefault(product => product.Sku == sku);
}
