using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.SocialFeed.Payloads;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>Makes posts ready for their topic: check, enrich, claim check.</summary>
internal sealed class PostPreparation(ClaimCheck claims)
{
    private const string Bytes = "application/octet-stream";

    /// <summary>Why the post is refused; null when it is ready.</summary>
    public async ValueTask<Rejection?> PrepareAsync(Post post, DateTimeOffset received, CancellationToken stop)
    {
        if (PostCheck.Find(post) is { } refusal)
            return refusal;
        var cloudEvent = post.Event;
        cloudEvent.Time ??= received;
        cloudEvent.DataContentType ??= Bytes;
        cloudEvent[EventAttributes.PartitionKey] = cloudEvent.Subject;
        cloudEvent[EventAttributes.RecordedTime] = received;
        try
        {
            await claims.ApplyAsync(post, stop);
            return null;
        }
        catch (PayloadRefusedException refused)
        {
            return refused.Refusal;
        }
    }
}
