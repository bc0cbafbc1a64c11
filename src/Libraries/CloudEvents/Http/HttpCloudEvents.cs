using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;

namespace EventSourcing.CloudEvents.Http;

/// <summary>The HTTP protocol binding of CloudEvents 1.0, server side (the pieces of an <see cref="HttpRequest"/>) and client side (<see cref="HttpRequestMessage"/>).</summary>
public static class HttpCloudEvents
{
    /// <summary>The event as a request's content and headers. Header values are percent-encoded; the hop's <c>traceparent</c> header is the caller's.</summary>
    /// <exception cref="ArgumentException">The event lacks a required attribute, or its data cannot be written.</exception>
    public static void SetCloudEvent(this HttpRequestMessage request, CloudEvent cloudEvent, ContentMode mode = ContentMode.Binary)
    {
        if (mode == ContentMode.Binary)
            HttpEventWriter.WriteBinary(request, cloudEvent);
        else
            HttpEventWriter.WriteStructured(request, cloudEvent);
    }

    /// <summary>
    /// The events as a request's content in batch mode (<c>application/cloudevents-batch+json</c>). Only for a receiver that asked for batches
    /// (HTTP binding, section 3.3); an empty batch is valid.
    /// </summary>
    /// <exception cref="ArgumentException">An event lacks a required attribute, or its data cannot be written.</exception>
    public static void SetCloudEvents(this HttpRequestMessage request, IReadOnlyCollection<CloudEvent> batch) =>
        HttpEventWriter.WriteBatch(request, batch);

    /// <summary>
    /// The mode the content type announces, in any case and with any parameters. An event format other than JSON is not known here and counts as
    /// binary: the message may be forwarded as it is.
    /// </summary>
    public static HttpContentMode DetectMode(string? contentType) =>
        MediaTypes.IsBatchJson(contentType) ? HttpContentMode.Batch
        : MediaTypes.IsStructuredJson(contentType) ? HttpContentMode.Structured
        : HttpContentMode.Binary;

    /// <summary>
    /// A binary-mode event from headers and an already read body. An empty body is no data. The array under <paramref name="body"/> becomes the
    /// event's data without a copy when the body fills it.
    /// </summary>
    /// <param name="headers">The request's headers; those that start with <c>ce-</c> are read.</param>
    /// <param name="contentType">The request's content type, which is the event's <c>datacontenttype</c>.</param>
    /// <param name="body">The body; its size is the caller's to limit.</param>
    /// <param name="extensions">Extension attributes whose type is known; default <see cref="EventAttributes.All"/>. Others are read as String.</param>
    /// <exception cref="ArgumentException">Not a valid CloudEvent; the message says why.</exception>
    public static CloudEvent ReadBinary(
        IHeaderDictionary headers, string? contentType, ReadOnlyMemory<byte> body, IReadOnlyList<CloudEventAttribute>? extensions = null) =>
        HttpEventReader.ReadBinary(headers, contentType, body, extensions);

    /// <summary>A structured-mode event from an already read body. Headers that repeat attributes are not looked at.</summary>
    /// <param name="body">The body; its size is the caller's to limit.</param>
    /// <param name="contentType">The request's content type; a charset other than UTF-8 is refused.</param>
    /// <param name="extensions">Extension attributes whose type is known; default <see cref="EventAttributes.All"/>. Others get the type JSON tells.</param>
    /// <exception cref="ArgumentException">Not a valid CloudEvent; the message says why.</exception>
    public static CloudEvent ReadStructured(
        ReadOnlyMemory<byte> body, string? contentType = null, IReadOnlyList<CloudEventAttribute>? extensions = null) =>
        Json.StructuredEvents.Read(body, contentType, extensions);

    /// <summary>A batch, each member an event or the reason why it is none: one bad member does not spoil the others.</summary>
    /// <param name="body">The body; its size is the caller's to limit.</param>
    /// <param name="maxEvents">Members accepted: count, default <see cref="EventLimits.MaxBatchEvents"/>.</param>
    /// <param name="extensions">Extension attributes whose type is known; default <see cref="EventAttributes.All"/>. Others get the type JSON tells.</param>
    /// <exception cref="ArgumentException">The body is no JSON array, or has more than <paramref name="maxEvents"/> members.</exception>
    public static IReadOnlyList<BatchMember> ReadBatch(
        ReadOnlyMemory<byte> body, int maxEvents = EventLimits.MaxBatchEvents, IReadOnlyList<CloudEventAttribute>? extensions = null) =>
        HttpEventReader.ReadBatch(body, maxEvents, extensions);
}
