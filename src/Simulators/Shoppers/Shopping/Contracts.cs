using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.Shoppers.Shopping;

/// <summary>The order service's contract, as far as this client uses it.</summary>
internal sealed record OrderLine(string Sku, int Quantity, decimal UnitPrice);

/// <summary>Body of <c>POST /orders</c>.</summary>
internal sealed record PlaceOrder(string CustomerId, string Currency, IReadOnlyList<OrderLine> Lines, string Channel, long ChannelSequence);

/// <summary>Body of <c>POST /orders/{id}/cancel</c>.</summary>
internal sealed record CancelOrder(string Reason, string Channel, long ChannelSequence);

/// <summary>The answer to either.</summary>
internal sealed record CommandAnswer(OrderRef Order, EventReceipt Receipt);

/// <summary>The order in it.</summary>
internal sealed record OrderRef(string OrderId);

/// <summary>The event that it promises, and at what level.</summary>
internal sealed record EventReceipt(string Status, string Source, string? Sequence);

/// <summary>How they are read and written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(CancelOrder))]
[JsonSerializable(typeof(CommandAnswer))]
internal sealed partial class ContractJson : JsonSerializerContext;
