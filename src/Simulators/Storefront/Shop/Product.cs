namespace EventSourcing.Storefront.Shop;

/// <summary>Something the shop sells.</summary>
/// <param name="Sku">Stock keeping unit: letters, digits and hyphens.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Price">Price in euro.</param>
internal sealed record Product(string Sku, string Name, decimal Price);
