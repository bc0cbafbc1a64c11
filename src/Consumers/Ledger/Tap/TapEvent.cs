using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.Ledger;

/// <summary>How many records the tap has seen since the last reset.</summary>
internal sealed record TapCounts(long Total, long Good, long Bad);

/// <summary>The tap's answer to <c>/tap/all</c>.</summary>
internal sealed record TapAll(long Total, long Good, long Bad, IReadOnlyList<TapEvent> GoodEvents, IReadOnlyList<TapEvent> BadEvents);

/// <summary>One record as the tap shows it.</summary>
internal sealed record TapEvent
{
    public required string Topic { get; init; }

    public required int Partition { get; init; }

    public required long Offset { get; init; }

    /// <summary>The record's timestamp.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The record key as text; null when there is none.</summary>
    public string? Key { get; init; }

    /// <summary>Why the event is bad; null when it is good.</summary>
    public string? Reason { get; init; }

    /// <summary>The CloudEvents attributes without their prefix, <c>datacontenttype</c> among them.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>The other headers: <c>traceparent</c>, <c>redelivery</c>.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The value when it is JSON.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>The value when it is other UTF-8 text.</summary>
    public string? Text { get; init; }

    /// <summary>The value when it is neither.</summary>
    [JsonPropertyName("data_base64")] public byte[]? DataBase64 { get; init; }

    public string? Attribute(string name) => Attributes.GetValueOrDefault(name);

    public static TapEvent From(TapRecord record)
    {
        var message = record.Result.Message;
        var (attributes, headers) = ReadHeaders(message);
        var tapped = new TapEvent
        {
            Topic = record.Result.Topic,
            Partition = record.Result.Partition.Value,
            Offset = record.Result.Offset.Value,
            Timestamp = new DateTimeOffset(message.Timestamp.UtcDateTime),
            Key = message.Key is null ? null : Encoding.UTF8.GetString(message.Key),
            Reason = record.Reason,
            Attributes = attributes,
            Headers = headers,
        };
        return message.Value is { } value ? TapData.Fill(tapped, value) : tapped;
    }

    private static (Dictionary<string, string> Attributes, Dictionary<string, string> Headers) ReadHeaders(Message<byte[]?, byte[]?> message)
    {
        var (attributes, headers) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var header in message.Headers?.BackingList ?? [])
        {
            var value = Encoding.UTF8.GetString(header.GetValueBytes() ?? []);
            if (header.Key.StartsWith("ce_", StringComparison.Ordinal))
                attributes[header.Key[3..]] = value;
            else if (header.Key == "content-type")
                attributes["datacontenttype"] = value;
            else
                headers[header.Key] = value;
        }
        if (attributes.GetValueOrDefault("datacontenttype") is { } contentType && StructuredEvents.IsStructured(Encoding.UTF8.GetBytes(contentType)))
            ReadStructured(message, attributes);
        return (attributes, headers);
    }

    private static void ReadStructured(Message<byte[]?, byte[]?> message, Dictionary<string, string> attributes)
    {
        try
        {
            foreach (var (attribute, value) in message.ToCloudEvent().GetPopulatedAttributes())
                attributes[attribute.Name] = attribute.Format(value);
        }
        catch (ArgumentException)
        {
            // An invalid event: it is shown as it came, with its reason.
        }
    }
}
