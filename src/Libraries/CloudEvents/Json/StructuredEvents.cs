using System.Text.Json;
using System.Text.Unicode;
using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Json;

/// <summary>Structured and batch mode in the JSON event format: the official formatter, with the data as bytes and its leniencies closed.</summary>
internal static class StructuredEvents
{
    private static readonly BytesJsonEventFormatter Formatter = new();

    // Two levels above the data: the event and the batch.
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = EventLimits.MaxJsonDepth + 2 };

    public static byte[] Write(CloudEvent cloudEvent) => EventData.ToArray(Formatter.EncodeStructuredModeMessage(cloudEvent, out _));

    public static byte[] WriteBatch(IEnumerable<CloudEvent> batch) => EventData.ToArray(Formatter.EncodeBatchModeMessage(batch, out _));

    /// <exception cref="ArgumentException">The body is no JSON, or no CloudEvent.</exception>
    public static CloudEvent Read(ReadOnlyMemory<byte> body, string? contentType, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        using var document = Parse(body, contentType);
        return Read(document.RootElement, extensions);
    }

    /// <exception cref="ArgumentException">The element is no CloudEvent.</exception>
    public static CloudEvent Read(JsonElement element, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        try
        {
            var known = EnvelopeCheck.Run(element, extensions ?? EventAttributes.All);
            var cloudEvent = Formatter.ConvertFromJsonElement(element, known);
            ExplicitNull.Restore(cloudEvent, element);
            return cloudEvent;
        }
        catch (Exception invalid) when (invalid is FormatException or InvalidOperationException)
        {
            throw new ArgumentException($"No CloudEvent: {invalid.Message}", invalid);
        }
    }

    /// <exception cref="ArgumentException">The body is no JSON in UTF-8.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (!MediaTypes.IsUtf8(contentType))
            throw new ArgumentException($"The JSON event format is UTF-8; the content type says '{contentType}'.");
        if (!Utf8.IsValid(body.Span))
            throw new ArgumentException("The body is not UTF-8.");
        try
        {
            return JsonDocument.Parse(body, DocumentOptions);
        }
        catch (JsonException malformed)
        {
            throw new ArgumentException($"The body is no JSON: {malformed.Message}", malformed);
        }
    }
}
