using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.MqAdapter.Contracts;

/// <summary>One line that a till has sold, or taken back: the data of <c>io.eventsourcing.store.sale.v1</c>.</summary>
public sealed record StoreSale
{
    /// <summary>The store, 1 to 64 characters; the record key.</summary>
    public required string StoreId { get; init; }

    /// <summary>The till in the store.</summary>
    public string? TillId { get; init; }

    /// <summary>Number of the sale at the till.</summary>
    public long? SaleNumber { get; init; }

    /// <summary>When it was sold, by the till's clock.</summary>
    public DateTimeOffset? SoldAt { get; init; }

    /// <summary>The article.</summary>
    public required string Sku { get; init; }

    /// <summary>The article, for people.</summary>
    public string? Description { get; init; }

    /// <summary>Pieces; negative for what was taken back.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Price of a piece, in the store's currency.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Quantity times price, in the store's currency.</summary>
    public decimal? Amount { get; init; }
}

/// <summary>The contract's JSON, strict: unknown or repeated members, missing required ones and nulls where none belong are errors.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Strict, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoreSale))]
internal sealed partial class SaleJson : JsonSerializerContext;
