using System.Runtime.InteropServices;
using System.Text.Json;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Attributes;
using EventSourcing.CloudEvents.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EventSourcing.CloudEvents.Http;

/// <summary>Requests as events.</summary>
internal static class HttpEventReader
{
    public static CloudEvent ReadBinary(
        IHeaderDictionary headers, string? contentType, ReadOnlyMemory<byte> body, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        var reader = new AttributeReader(extensions);
        foreach (var (header, values) in headers)
        {
            if (header.StartsWith(HttpEventWriter.Prefix, StringComparison.OrdinalIgnoreCase))
                Add(ref reader, header, values);
        }
        if (!string.IsNullOrEmpty(contentType))
            reader.Add(AttributeNames.DataContentType, contentType);
        return reader.Complete(body.IsEmpty ? null : EventData.ToArray(body));
    }

    public static IReadOnlyList<BatchMember> ReadBatch(
        ReadOnlyMemory<byte> body, int maxEvents, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        using var document = StructuredEvents.Parse(body, contentType: null);
        var array = document.RootElement;
        if (array.ValueKind != JsonValueKind.Array)
            throw new ArgumentException($"A batch is a JSON array, not {array.ValueKind}.");
        var count = array.GetArrayLength();
        if (count > maxEvents)
            throw new ArgumentException($"The batch has {count} events; the limit is {maxEvents}. Send smaller batches.");
        var members = new List<BatchMember>(count);
        foreach (var element in array.EnumerateArray())
            members.Add(ReadMember(element, body, extensions));
        return members;
    }

    private static void Add(ref AttributeReader reader, string header, StringValues values)
    {
        var name = header[HttpEventWriter.Prefix.Length..].ToLowerInvariant();
        if (name == AttributeNames.DataContentType)
            throw new ArgumentException("The header 'ce-datacontenttype' must not be used: datacontenttype is the header 'Content-Type'.");
        foreach (var value in values)
            reader.Add(name, HttpHeaderText.Decode(name, Limited(name, value ?? "")));
    }

    private static string Limited(string name, string value) => value.Length <= 3 * EventLimits.MaxAttributeCharacters
        ? value
        : throw new ArgumentException($"The header 'ce-{name}' has {value.Length} characters; the limit is {EventLimits.MaxAttributeCharacters} decoded.");

    private static BatchMember ReadMember(JsonElement element, ReadOnlyMemory<byte> body, IReadOnlyList<CloudEventAttribute>? extensions)
    {
        var raw = Slice(body, JsonMarshal.GetRawUtf8Value(element));
        try
        {
            return new BatchMember(StructuredEvents.Read(element, extensions), null, raw);
        }
        catch (ArgumentException invalid)
        {
            return new BatchMember(null, invalid.Message, raw);
        }
    }

    // The document was parsed in place: the element's text lies in the body.
    private static ReadOnlyMemory<byte> Slice(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> raw) =>
        body.Span.Overlaps(raw, out var offset) ? body.Slice(offset, raw.Length) : raw.ToArray();
}
