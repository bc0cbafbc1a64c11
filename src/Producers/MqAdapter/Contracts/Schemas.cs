using System.Text.Json;
using System.Text.Json.Schema;
using EventSourcing.MqAdapter.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.MqAdapter.Contracts;

/// <summary>JSON Schema (2020-12) of the contract, made from the record that the service itself reads with.</summary>
internal sealed class Schemas(IOptions<MqOptions> options)
{
    private static readonly JsonSchemaExporterOptions ExporterOptions = new() { TreatNullObliviousAsNonNullable = true };

    /// <summary><c>dataschema</c> of an event type; null when this service does not own it.</summary>
    public Uri? UriOf(string eventType) => eventType == EventTypes.StoreSale ? new Uri(options.Value.SchemaBaseUri, eventType) : null;

    /// <summary>The document of an event type; null when this service does not own it.</summary>
    public string? Find(string eventType)
    {
        if (UriOf(eventType) is not { } id)
            return null;
        var schema = SaleJson.Default.StoreSale.GetJsonSchemaAsNode(ExporterOptions).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", id.AbsoluteUri);
        schema.Insert(2, "title", eventType);
        return schema.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
