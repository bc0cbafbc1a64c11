using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.SocialFeed.Contracts;
using Microsoft.Extensions.Primitives;

namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>A body that is no CloudEvent becomes one: its attributes come from the webhook's headers and from those that the feed names.</summary>
internal static class PlainPost
{
    private const string RedeliveryHeader = "redelivery";

    /// <summary>The event, without data.</summary>
    /// <exception cref="ArgumentException">A header cannot be an attribute; the message says why.</exception>
    public static CloudEvent Create(HttpRequest request, Feed feed, WebhookSignature signature)
    {
        var source = Single(request, feed.Options.SourceHeader) ?? $"/social-feed/{feed.Name}";
        if (!Uri.TryCreate(source, UriKind.RelativeOrAbsolute, out var sourceUri))
            throw new ArgumentException($"The header '{feed.Options.SourceHeader}' is no URI-reference.");
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = signature.Id,
            Source = sourceUri,
            Type = SocialPost.Type,
            Subject = Single(request, feed.Options.AuthorHeader),
            Time = signature.Sent,
            DataContentType = string.IsNullOrEmpty(request.ContentType) ? null : request.ContentType,
        };
        cloudEvent[EventAttributes.Sequence] = Single(request, feed.Options.SequenceHeader);
        cloudEvent[RedeliveryHeader] = Single(request, RedeliveryHeader);
        return cloudEvent;
    }

    private static string? Single(HttpRequest request, string header)
    {
        var values = request.Headers[header];
        if (values.Count > 1)
            throw new ArgumentException($"The header '{header}' is given more than once.");
        return StringValues.IsNullOrEmpty(values) ? null : values[0];
    }
}
