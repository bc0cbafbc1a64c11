using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary>One event out of a request.</summary>
internal static class HttpEvents
{
    /// <summary>Reads the event; returns why there is none, null when there is.</summary>
    public static Rejection? TryRead(HttpRequest request, HttpContentMode mode, ReadOnlyMemory<byte> body, out CloudEvent? cloudEvent)
    {
        try
        {
            cloudEvent = mode == HttpContentMode.Structured
                ? HttpCloudEvents.ReadStructured(body, request.ContentType)
                : HttpCloudEvents.ReadBinary(request.Headers, request.ContentType, body);
            return null;
        }
        catch (ArgumentException defect)
        {
            cloudEvent = null;
            return Rejection.Invalid(defect.Message);
        }
    }
}
