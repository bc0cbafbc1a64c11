using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace EventSourcing.HttpIntake;

/// <summary>What the data of one event type must look like; the check and the published JSON Schema come from the same record.</summary>
public sealed class DataContract
{
    private readonly JsonTypeInfo _record;
    private readonly (string Name, Func<object, object?> Get, StringLengthAttribute Limit)[] _strings;

    /// <summary>The contract of one type.</summary>
    /// <param name="eventType">CloudEvents <c>type</c>.</param>
    /// <param name="record">The record; its <see cref="StringLengthAttribute"/>s are part of the contract.</param>
    /// <param name="schemaBase">Where schemas are served; absolute, ends in a slash.</param>
    public DataContract(string eventType, JsonTypeInfo record, Uri schemaBase)
    {
        (EventType, _record) = (eventType, record);
        SchemaUri = new Uri(schemaBase, eventType);
        _strings = [.. record.Properties
            .Where(property => property.Get is not null && LengthOf(property) is not null)
            .Select(property => (property.Name, property.Get!, LengthOf(property)!))];
    }

    /// <summary>CloudEvents <c>type</c>.</summary>
    public string EventType { get; }

    /// <summary>CloudEvents <c>dataschema</c>.</summary>
    public Uri SchemaUri { get; }

    /// <summary>The first thing wrong with <paramref name="data"/> (UTF-8 JSON); null when nothing is.</summary>
    public string? FindDefect(ReadOnlySpan<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data, _record) is { } value ? FindLengthDefect(value) : "data must be a JSON object, not null.";
        }
        catch (JsonException defect)
        {
            return defect.Message;
        }
    }

    /// <summary>The record as JSON Schema (draft 2020-12).</summary>
    public JsonNode ToJsonSchema()
    {
        var schema = _record.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = AddLengths });
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["$id"] = SchemaUri.AbsoluteUri;
        schema["title"] = EventType;
        return schema;
    }

    private static StringLengthAttribute? LengthOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(StringLengthAttribute), inherit: true).OfType<StringLengthAttribute>().FirstOrDefault();

    private static JsonNode AddLengths(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.PropertyInfo is { } property && LengthOf(property) is { } limit)
        {
            schema["minLength"] = limit.MinimumLength;
            schema["maxLength"] = limit.MaximumLength;
        }

        return schema;
    }

    private string? FindLengthDefect(object value)
    {
        foreach (var (name, get, limit) in _strings)
        {
            if (get(value) is string text && (text.Length < limit.MinimumLength || text.Length > limit.MaximumLength))
                return $"$.{name} has {text.Length} characters; {limit.MinimumLength} to {limit.MaximumLength} are allowed.";
        }

        return null;
    }
}
