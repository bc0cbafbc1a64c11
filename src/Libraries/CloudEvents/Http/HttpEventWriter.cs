using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Attributes;
using EventSourcing.CloudEvents.Json;

namespace EventSourcing.CloudEvents.Http;

/// <summary>Events as requests.</summary>
internal static class HttpEventWriter
{
    public const string Prefix = "ce-";

    private static readonly PrefixedNames Names = new(Prefix);

    public static void WriteBinary(HttpRequestMessage request, CloudEvent cloudEvent)
    {
        RequiredAttributes.Check(cloudEvent);
        request.Headers.TryAddWithoutValidation("ce-specversion", CloudEventsSpecVersion.V1_0.VersionId);
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())
        {
            if (attribute.Name != AttributeNames.DataContentType)
                request.Headers.TryAddWithoutValidation(Names.HeaderOf(attribute.Name), HttpHeaderText.Encode(attribute.Format(value)));
        }
        request.Content = Content(cloudEvent.GetDataBytes() ?? ReadOnlyMemory<byte>.Empty, EventData.ContentTypeOf(cloudEvent));
    }

    public static void WriteStructured(HttpRequestMessage request, CloudEvent cloudEvent)
    {
        RequiredAttributes.Check(cloudEvent);
        request.Content = Content(StructuredEvents.Write(cloudEvent), MediaTypes.StructuredJson);
    }

    public static void WriteBatch(HttpRequestMessage request, IReadOnlyCollection<CloudEvent> batch)
    {
        foreach (var cloudEvent in batch)
            RequiredAttributes.Check(cloudEvent);
        request.Content = Content(StructuredEvents.WriteBatch(batch), MediaTypes.BatchJson);
    }

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> body, string? contentType)
    {
        var content = new ReadOnlyMemoryContent(body);
        if (contentType is not null && !content.Headers.TryAddWithoutValidation("Content-Type", contentType))
            throw new ArgumentException($"'{contentType}' cannot be a Content-Type header.");
        return content;
    }
}
