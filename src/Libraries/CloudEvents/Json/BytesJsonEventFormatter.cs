using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace EventSourcing.CloudEvents.Json;

/// <summary>
/// The official JSON event format with the data as bytes on both sides: JSON content is embedded as it is, anything else is base64, and what is
/// read is the bytes that binary mode would have carried.
/// </summary>
internal sealed class BytesJsonEventFormatter : JsonEventFormatter
{
    protected override bool IsJsonMediaType(string mediaType) => MediaTypes.IsJson(mediaType);

    protected override string? InferDataContentType(object data) => data is string or JsonElement or JsonDocument ? MediaTypes.Json : null;

    protected override void EncodeStructuredModeData(CloudEvent cloudEvent, Utf8JsonWriter writer)
    {
        if (cloudEvent.GetDataBytes() is not { } data)
            return;
        if (EventData.ContentTypeOf(cloudEvent) is { } type && MediaTypes.IsJson(type) && MediaTypes.IsUtf8(type) && IsJson(data.Span))
        {
            writer.WritePropertyName(DataPropertyName);
            writer.WriteRawValue(data.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteBase64String(DataBase64PropertyName, data.Span);
        }
    }

    protected override void DecodeStructuredModeDataProperty(JsonElement dataElement, CloudEvent cloudEvent)
    {
        var contentType = cloudEvent.DataContentType!;
        if (MediaTypes.IsJson(contentType))
            cloudEvent.Data = JsonMarshal.GetRawUtf8Value(dataElement).ToArray();
        else if (dataElement.ValueKind == JsonValueKind.String)
            cloudEvent.Data = EventData.EncodeText(dataElement.GetString()!, contentType);
        else
            throw new ArgumentException($"The content type '{contentType}' is not JSON: 'data' must be a string, or 'data_base64' be used.");
    }

    /// <summary>
    /// One JSON value, no deeper than <see cref="EventLimits.MaxJsonDepth"/>. Bytes that call themselves JSON and are none are not ours to judge:
    /// they travel as base64.
    /// </summary>
    private static bool IsJson(ReadOnlySpan<byte> data)
    {
        if (!Utf8.IsValid(data))
            return false;
        var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = EventLimits.MaxJsonDepth });
        try
        {
            while (reader.Read())
            {
            }
            return reader.TokenType != JsonTokenType.None;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
