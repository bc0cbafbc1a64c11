using System.Text.Json;
using EventSourcing.PostgresCdc.Decoding;

namespace EventSourcing.PostgresCdc.Outbox;

/// <summary>An outbox event by the names of Debezium's outbox router: who wrote it into a table or into the log, and what it says.</summary>
internal sealed record OutboxEvent(string? Id, string? AggregateType, string? AggregateId, string? Type, byte[]? Payload, bool IsJson, string? TraceParent)
{
    /// <summary>From a row of an outbox table.</summary>
    public static OutboxEvent FromRow(TableShape shape, RowBuffer row)
    {
        var payload = shape.IndexOf("payload");
        return new OutboxEvent(
            Text("id"), Text("aggregatetype"), Text("aggregateid"), Text("type"), row.Kind(payload) == FieldKind.Value ? row[payload].ToArray() : null,
            IsJsonText(row[payload]), Text("traceparent"));

        string? Text(string column) => row.Text(shape.IndexOf(column));
    }

    /// <summary>From the content of a message in the log; null when it is no JSON object.</summary>
    public static OutboxEvent? FromMessage(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var payload = document.RootElement.TryGetProperty("payload", out var data) && data.ValueKind != JsonValueKind.Null
                ? System.Text.Encoding.UTF8.GetBytes(data.GetRawText()) : null;
            return new OutboxEvent(Text("id"), Text("aggregatetype"), Text("aggregateid"), Text("type"), payload, IsJson: true, Text("traceparent"));

            string? Text(string member) => !document.RootElement.TryGetProperty(member, out var value) ? null
                : value.ValueKind is JsonValueKind.String ? value.GetString() : value.ValueKind is JsonValueKind.Number ? value.GetRawText() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Why it cannot be an event; null when it can.</summary>
    public string? FindError() =>
        string.IsNullOrEmpty(Id) ? "id is missing"
        : string.IsNullOrEmpty(AggregateType) ? "aggregatetype is missing"
        : string.IsNullOrEmpty(AggregateId) ? "aggregateid is missing"
        : string.IsNullOrEmpty(Type) ? "type is missing" : null;

    private static bool IsJsonText(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
