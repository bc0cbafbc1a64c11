using System.Globalization;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Http;

namespace EventSourcing.Firehose.Posts;

/// <summary>Posts as CloudEvents.</summary>
internal static class PostEvents
{
    /// <summary>CloudEvents <c>type</c>.</summary>
    public const string Type = "io.eventsourcing.social.post.v1";

    private const string UnheardOf = "io.eventsourcing.social.unheard-of.v1";

    /// <summary>The event.</summary>
    /// <param name="post">The post.</param>
    /// <param name="source">Its source.</param>
    /// <param name="time">When it was posted.</param>
    /// <param name="traceParent">Its trace; null when it is not sampled.</param>
    /// <param name="mayBeCopy">It was sent before and had no answer.</param>
    public static CloudEvent ToEvent(this GeneratedPost post, string source, DateTimeOffset time, string? traceParent, bool mayBeCopy)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = post.Number.ToString(CultureInfo.InvariantCulture),
            Source = new Uri(source, UriKind.Relative),
            Type = post.Corruption == Corruption.UnknownType ? UnheardOf : Type,
            Subject = post.Corruption == Corruption.NoAuthor ? null : post.Author,
            Time = time,
            DataContentType = post.ContentType,
            Data = post.Data,
        };
        cloudEvent[EventAttributes.Sequence] = EventAttributes.FormatSequence(post.Number);
        cloudEvent[EventAttributes.TraceParent] = traceParent;
        if (mayBeCopy)
            cloudEvent["redelivery"] = "possible-duplicate";
        return cloudEvent;
    }

    /// <summary>The event in the JSON format.</summary>
    public static async Task<string> ToJsonAsync(this CloudEvent cloudEvent)
    {
        using var message = new HttpRequestMessage();
        message.SetCloudEvent(cloudEvent, ContentMode.Structured);
        return await message.Content!.ReadAsStringAsync();
    }
}
