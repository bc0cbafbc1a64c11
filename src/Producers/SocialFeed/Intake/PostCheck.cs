using System.Text.RegularExpressions;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Contracts;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>Decides whether an event with a valid envelope is a post. What it says is nobody's business here; only that text is the text it claims to be.</summary>
internal static partial class PostCheck
{
    private const int MaxIdLength = 128;
    private const int MaxSourceLength = 256;
    private const int MaxAuthorLength = 64;

    /// <summary>Why the event is none; null when it is one.</summary>
    public static Rejection? Find(Post post)
    {
        var cloudEvent = post.Event;
        if (cloudEvent.Type != SocialPost.Type)
            return IntakeRefusals.UnknownType(cloudEvent.Type, SocialPost.Type);
        if (FindDefect(cloudEvent) is { } defect)
            return Rejection.Invalid(defect);
        if (!ContentTypes.IsWellFormed(cloudEvent.DataContentType))
            return Rejection.Invalid("datacontenttype must be a media type of at most 256 characters.");
        var data = cloudEvent.GetDataBytes();
        if (data is null && post.Content.Upload is null)
            return IntakeRefusals.InvalidData("The post has no data.");
        var isUtf8 = post.Content.Upload is not null ? post.Content.IsUtf8 : JsonData.IsUtf8(data!.Value.Span);
        return isUtf8 || !ContentTypes.PromisesUtf8(cloudEvent.DataContentType) ? null : IntakeRefusals.InvalidUtf8();
    }

    private static string? FindDefect(CloudEvent cloudEvent)
    {
        if (cloudEvent.Id is not { Length: > 0 and <= MaxIdLength })
            return $"id must have 1 to {MaxIdLength} characters.";
        if (cloudEvent.Source is not { } source || source.OriginalString.Length is 0 or > MaxSourceLength)
            return $"source must have 1 to {MaxSourceLength} characters.";
        if (cloudEvent.Subject is not { Length: > 0 and <= MaxAuthorLength } author)
            return $"subject must be the author id, 1 to {MaxAuthorLength} characters.";
        if (cloudEvent[EventAttributes.PartitionKey] is { } partitionKey && !author.Equals(partitionKey.ToString(), StringComparison.Ordinal))
            return "partitionkey must be absent or equal to subject: posts are keyed by author id.";
        if (cloudEvent[EventAttributes.Sequence] is { } sequence && !TwelveDigits().IsMatch(sequence.ToString() ?? ""))
            return "sequence must have 12 digits.";
        return cloudEvent[SocialPost.DataRef.Name] is null ? null : "dataref is this service's to set: send the data.";
    }

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex TwelveDigits();
}
