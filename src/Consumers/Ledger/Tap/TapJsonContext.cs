using System.Text.Json.Serialization;

namespace EventSourcing.Ledger;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<TapEvent>))]
[JsonSerializable(typeof(TapAll))]
internal sealed partial class TapJsonContext : JsonSerializerContext;
