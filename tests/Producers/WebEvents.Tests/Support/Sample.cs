using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.WebEvents.Contracts;

namespace EventSourcing.WebEvents.Tests.Support;

/// <summary>Events to send.</summary>
internal static class Sample
{
    public const string PageViewData = """{"sessionId":"s-1","url":"https://shop.example/"}""";

    /// <summary>A source that no other test uses.</summary>
    public static string NewSource() => $"/tests/{Guid.NewGuid():N}";

    public static CloudEvent PageView(string source, long number = 1, string visitor = "v-1", string data = PageViewData) =>
        Event(WebEventTypes.PageView, source, number, visitor, data);

    public static CloudEvent Event(string type, string source, long number, string visitor, string data)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = $"id-{number}",
            Source = new Uri(source, UriKind.Relative),
            Type = type,
            Subject = visitor,
            Time = DateTimeOffset.UtcNow,
            DataContentType = "application/json",
            Data = Encoding.UTF8.GetBytes(data),
        };
        cloudEvent[EventAttributes.Sequence] = EventAttributes.FormatSequence(number);
        return cloudEvent;
    }

    /// <summary>An event whose data have about so many bytes.</summary>
    public static CloudEvent Large(string source, int bytes, long number = 1) => Event(
        WebEventTypes.Custom, source, number, "v-1",
        $$$"""{"sessionId":"s-1","url":"https://shop.example/","name":"large","data":{"text":"{{{new string('x', bytes)}}}"}}""");
}
