using System.Text.Json;

namespace EventSourcing.MqAdapter.Contracts;

/// <summary>Checks data against the contract of their type; data of a type that is not owned here need only be JSON.</summary>
internal static class StoreSaleContract
{
    private const int MaxIdLength = 64;

    /// <summary>What is wrong with the data; null when nothing is.</summary>
    /// <param name="type">The event type.</param>
    /// <param name="json">The data.</param>
    /// <param name="what">What the data are, for the message.</param>
    public static string? FindError(string type, byte[] json, string what)
    {
        try
        {
            if (type != EventTypes.StoreSale)
            {
                using var document = JsonDocument.Parse(json);
                return null;
            }

            var sale = JsonSerializer.Deserialize(json, SaleJson.Default.StoreSale);
            return sale is null ? $"{what} is null." : FindError(sale) is { } error ? $"{what}: {error}" : null;
        }
        catch (JsonException malformed)
        {
            return $"{what} does not fit {type}: at {malformed.Path ?? "$"}, line {malformed.LineNumber}, byte {malformed.BytePositionInLine}.";
        }
    }

    private static string? FindError(StoreSale sale) =>
        sale.StoreId.Length is 0 or > MaxIdLength ? $"storeId has {sale.StoreId.Length} characters; it must have 1 to {MaxIdLength}."
        : sale.Sku.Length is 0 or > MaxIdLength ? $"sku has {sale.Sku.Length} characters; it must have 1 to {MaxIdLength}."
        : null;
}
