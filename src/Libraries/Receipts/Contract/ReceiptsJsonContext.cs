using System.Text.Json.Serialization;

namespace EventSourcing.Receipts;

/// <summary>The wire contract's serializers: camelCase, unknown members refused, null members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReceiptsReport))]
[JsonSerializable(typeof(LedgerReport))]
public sealed partial class ReceiptsJsonContext : JsonSerializerContext;
