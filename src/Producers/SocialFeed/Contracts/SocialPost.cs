using CloudNative.CloudEvents;

namespace EventSourcing.SocialFeed.Contracts;

/// <summary>What the events of this service have in common; their data are whatever the author posted, in the format that <c>datacontenttype</c> names.</summary>
public static class SocialPost
{
    /// <summary>CloudEvents <c>type</c>.</summary>
    public const string Type = "io.eventsourcing.social.post.v1";

    /// <summary><c>dataref</c> (Dataref extension): where the data are when they are too large for the event.</summary>
    public static readonly CloudEventAttribute DataRef = CloudEventAttribute.CreateExtension("dataref", CloudEventAttributeType.UriReference);
}
