using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.MobileBff.Contracts;

/// <summary>How event data are read and written: camelCase, strict (no unknown, repeated or missing members, no null where none is allowed).</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = MaxDepth)]
[JsonSerializable(typeof(ScreenView))]
[JsonSerializable(typeof(UserAction))]
public sealed partial class MobileJson : JsonSerializerContext
{
    /// <summary>Deepest nesting of event data, levels.</summary>
    public const int MaxDepth = 8;
}
