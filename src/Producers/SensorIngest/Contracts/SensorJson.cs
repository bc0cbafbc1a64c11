using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.SensorIngest.Contracts;

/// <summary>
/// The contracts' JSON, strict: unknown or repeated members, missing required ones, nulls where none belong, numbers as strings and
/// NaN are errors. Absent figures are not written.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SensorReading))]
[JsonSerializable(typeof(PlainReading))]
[JsonSerializable(typeof(AssetRegistered))]
internal sealed partial class SensorJson : JsonSerializerContext;
