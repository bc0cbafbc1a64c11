using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;

namespace EventSourcing.CloudEvents.Http;

/// <summary>The HTTP protocol binding of CloudEvents 1.0, server side (<see cref="HttpRequest"/>) and client side (<see cref="HttpRequestMessage"/>).</summary>
public static class HttpCloudEvents
{
    /// <summary>The event as a request's content and headers.</summary>
    public static void SetCloudEvent(this HttpRequestMessage request, CloudEvent cloudEvent, ContentMode mode = ContentMode.Binary) =>
        throw new NotImplementedException();

    /// <summary>The events as a request's content in batch mode (<c>application/cloudevents-batch+json</c>).</summary>
    public static void SetCloudEvents(this HttpRequestMessage request, IReadOnlyCollection<CloudEvent> batch) => throw new NotImplementedException();

    /// <summary>The mode the content type announces.</summary>
    public static HttpContentMode DetectMode(string? contentType) => throw new NotImplementedException();

    /// <summary>A binary-mode event from headers and an already read body.</summary>
    /// <exception cref="ArgumentException">Not a valid CloudEvent; the message says why.</exception>
    public static CloudEvent ReadBinary(IHeaderDictionary headers, string? contentType, ReadOnlyMemory<byte> body) => throw new NotImplementedException();

    /// <summary>A structured-mode event from an already read body.</summary>
    /// <exception cref="ArgumentException">Not a valid CloudEvent; the message says why.</exception>
    public static CloudEvent ReadStructured(ReadOnlyMemory<byte> body) => throw new NotImplementedException();

    /// <summary>A batch, each member an event or the reason why it is none: one bad member does not spoil the others.</summary>
    /// <exception cref="ArgumentException">The body is no JSON array.</exception>
    public static IReadOnlyList<BatchMember> ReadBatch(ReadOnlyMemory<byte> body) => throw new NotImplementedException();
}

/// <summary>One member of a batch: exactly one of the two is set.</summary>
/// <param name="Event">The event.</param>
/// <param name="Error">Why the member is no event.</param>
/// <param name="Raw">The member's JSON as it came.</param>
public readonly record struct BatchMember(CloudEvent? Event, string? Error, ReadOnlyMemory<byte> Raw);

/// <summary>HTTP content modes (HTTP binding, section 3).</summary>
public enum HttpContentMode
{
    /// <summary>Attributes in <c>ce-</c> headers, data in the body.</summary>
    Binary,

    /// <summary>The whole event in the body.</summary>
    Structured,

    /// <summary>A JSON array of events in the body.</summary>
    Batch,
}
