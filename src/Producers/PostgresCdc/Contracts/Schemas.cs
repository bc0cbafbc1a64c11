using EventSourcing.PostgresCdc.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.PostgresCdc.Contracts;

/// <summary>JSON Schema (2020-12) of the envelope. The rows' members are the tables' columns, so the schema leaves them open.</summary>
internal sealed class Schemas(IOptions<CdcOptions> options)
{
    /// <summary>The document of an event type; null when this service does not own it.</summary>
    public string? Find(string eventType) => eventType != EventTypes.Change ? null : $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "{{new Uri(options.Value.SchemaBaseUri, eventType)}}",
          "title": "{{EventTypes.Change}}",
          "type": "object",
          "required": ["before", "after", "source", "op", "ts_ms", "transaction"],
          "properties": {
            "before": { "type": ["object", "null"], "description": "the old row; the key's columns only without REPLICA IDENTITY FULL" },
            "after": { "type": ["object", "null"], "description": "the new row; a value that is not available is __debezium_unavailable_value" },
            "source": {
              "type": "object",
              "required": ["version", "connector", "name", "ts_ms", "snapshot", "db", "schema", "table", "txId", "lsn"],
              "properties": {
                "version": { "type": "string" }, "connector": { "const": "postgresql" }, "name": { "type": "string" }, "ts_ms": { "type": "integer" },
                "snapshot": { "enum": ["false", "true", "first", "last"] }, "db": { "type": "string" }, "schema": { "type": "string" },
                "table": { "type": "string" }, "txId": { "type": ["integer", "null"] }, "lsn": { "type": ["integer", "null"] }
              }
            },
            "op": { "enum": ["c", "r", "u", "d", "t"] },
            "ts_ms": { "type": "integer", "description": "when the service took the change; source.ts_ms is the commit" },
            "transaction": {
              "type": ["object", "null"],
              "required": ["id", "total_order", "data_collection_order"],
              "properties": { "id": { "type": "string" }, "total_order": { "type": "integer" }, "data_collection_order": { "type": "integer" } }
            }
          }
        }
        """;
}
