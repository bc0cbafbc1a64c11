using System.Text.Json;
using System.Text.Json.Serialization;
using EventSourcing.HttpIntake;

namespace EventSourcing.Fulfillment.Contracts;

/// <summary>How events and answers are written and read.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Strict,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProcessStep))]
[JsonSerializable(typeof(StepPage))]
[JsonSerializable(typeof(ConformanceReport))]
internal sealed partial class FulfillmentJson : JsonSerializerContext
{
    /// <summary>The event type with its contract.</summary>
    public static EventCatalog Catalog(Uri schemaBase) => new(new DataContract(Contracts.ProcessStep.EventType, Default.ProcessStep, schemaBase));
}
