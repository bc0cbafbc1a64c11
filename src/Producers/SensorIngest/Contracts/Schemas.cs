using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using EventSourcing.SensorIngest.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SensorIngest.Contracts;

/// <summary>JSON Schema (2020-12) of each contract, made from the records that the service itself reads with.</summary>
internal sealed class Schemas
{
    private static readonly JsonSchemaExporterOptions ExporterOptions = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, node) => WithRange(context, node),
    };

    private readonly Dictionary<string, string> _documents;
    private readonly Uri _base;

    /// <summary>Makes every document once.</summary>
    public Schemas(IOptions<HttpSourceOptions> options)
    {
        _base = options.Value.SchemaBaseUri;
        _documents = new(StringComparer.Ordinal)
        {
            [EventTypes.SensorReading] = Export(EventTypes.SensorReading, SensorJson.Default.SensorReading),
            [EventTypes.AssetRegistered] = Export(EventTypes.AssetRegistered, SensorJson.Default.AssetRegistered),
        };
        SensorReading = UriOf(EventTypes.SensorReading);
        AssetRegistered = UriOf(EventTypes.AssetRegistered);
    }

    /// <summary><c>dataschema</c> of readings.</summary>
    public Uri SensorReading { get; }

    /// <summary><c>dataschema</c> of registrations.</summary>
    public Uri AssetRegistered { get; }

    /// <summary>The document of an event type; null when this service does not own it.</summary>
    public string? Find(string eventType) => _documents.GetValueOrDefault(eventType);

    private Uri UriOf(string eventType) => new(_base, eventType);

    private string Export(string eventType, JsonTypeInfo contract)
    {
        var schema = contract.GetJsonSchemaAsNode(ExporterOptions).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", UriOf(eventType).AbsoluteUri);
        schema.Insert(2, "title", eventType);
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static JsonNode WithRange(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.PropertyInfo is not { } property || node is not JsonObject schema || !typeof(IMeasured).IsAssignableFrom(property.DeclaringType))
            return node;
        foreach (var range in FigureRanges.All)
        {
            if (range.Name == property.Name)
            {
                schema["minimum"] = range.Minimum;
                schema["maximum"] = range.Maximum;
            }
        }

        return node;
    }
}
