using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.Orders.Contracts;

/// <summary>How commands, events and answers are read and written: camelCase, strict (no unknown, repeated or missing members, no null where none is allowed).</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = MaxDepth)]
[JsonSerializable(typeof(PlaceOrder))]
[JsonSerializable(typeof(CancelOrder))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(OrderView))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(Outbox.OutboxMessage))]
internal sealed partial class OrdersJson : JsonSerializerContext
{
    /// <summary>Deepest nesting, levels.</summary>
    public const int MaxDepth = 8;
}
