using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents;

/// <summary>
/// The data of an event as bytes: what every reader of this library puts into <see cref="CloudEvent.Data"/>, whatever the binding and the mode
/// were, and what every writer makes of the kinds of data a producer may set.
/// </summary>
public static class EventData
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The event's data as bytes, null when it has none: <c>byte[]</c> and <see cref="ReadOnlyMemory{T}"/> of bytes as they are; a string as
    /// JSON string when the content type is JSON or absent, else as text in the charset the content type declares (default UTF-8); a
    /// <see cref="JsonElement"/> as its own text.
    /// </summary>
    /// <exception cref="ArgumentException">The data are of another type, or cannot be written as their content type says.</exception>
    public static ReadOnlyMemory<byte>? GetDataBytes(this CloudEvent cloudEvent) => cloudEvent.Data switch
    {
        null => (ReadOnlyMemory<byte>?)null, // a bare null would become empty memory: byte[] converts to it
        byte[] bytes => bytes,
        ReadOnlyMemory<byte> bytes => bytes,
        Memory<byte> bytes => bytes,
        ArraySegment<byte> bytes => bytes,
        string text => Encode(text, cloudEvent.DataContentType),
        JsonElement element => Encode(element, cloudEvent.DataContentType),
        JsonDocument document => Encode(document.RootElement, cloudEvent.DataContentType),
        var other => throw new ArgumentException(
            $"CloudEvent.Data is a {other.GetType()}. Set it to bytes (byte[] or ReadOnlyMemory<byte>), a string or a JsonElement; " +
            "serialise an object first, for example by JsonSerializer.SerializeToUtf8Bytes."),
    };

    /// <summary>The content type to announce: the event's own, else <c>application/json</c> for data that are text or JSON.</summary>
    internal static string? ContentTypeOf(CloudEvent cloudEvent) =>
        cloudEvent.DataContentType ?? (cloudEvent.Data is string or JsonElement or JsonDocument ? MediaTypes.Json : null);

    /// <summary>The bytes as an array: the array itself when they fill one, else a copy.</summary>
    internal static byte[] ToArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : bytes.ToArray();

    /// <summary>The text in the charset that the content type declares.</summary>
    internal static byte[] EncodeText(string text, string? contentType) => CharsetOf(contentType).GetBytes(text);

    private static byte[] Encode(string text, string? contentType) =>
        contentType is null || MediaTypes.IsJson(contentType) ? JsonSerializer.SerializeToUtf8Bytes(text) : EncodeText(text, contentType);

    private static byte[] Encode(JsonElement element, string? contentType) =>
        contentType is null || MediaTypes.IsJson(contentType)
            ? JsonMarshal.GetRawUtf8Value(element).ToArray()
            : throw new ArgumentException($"CloudEvent.Data is JSON but datacontenttype is '{contentType}': set a JSON content type, or the bytes.");

    private static Encoding CharsetOf(string? contentType) => MediaTypes.Charset(contentType) switch
    {
        null => StrictUtf8,
        var name when name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) => StrictUtf8,
        var name => Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
    };
}
