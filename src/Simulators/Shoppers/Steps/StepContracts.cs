using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.Shoppers.Steps;

/// <summary>A page of steps that the fulfillment service has committed, as far as this client uses it.</summary>
internal sealed record StepPage(string Source, string Topic, long Last, IReadOnlyList<CommittedStep> Steps);

/// <summary>A committed step.</summary>
internal sealed record CommittedStep(long Sequence);

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StepPage))]
internal sealed partial class StepJson : JsonSerializerContext;
