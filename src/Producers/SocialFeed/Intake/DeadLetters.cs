using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.SocialFeed.Contracts;
using EventSourcing.SocialFeed.Payloads;
using EventSourcing.SocialFeed.Telemetry;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>Keeps what can never be a post, as it came, with the reason; what is too large for a dead letter goes into the payload store, too.</summary>
internal sealed class DeadLetters(EventPublisher publisher, PayloadStore store, SocialFeedTelemetry telemetry, ILogger<DeadLetters> logger)
{
    private const string StructuredEvent = "application/cloudevents+json";
    private const int LargestInline = 512 * 1024;
    private static readonly Uri Source = new("/social-feed", UriKind.Relative);

    /// <summary>Buries an event with its envelope. It is not to be used afterwards. Returns why it could not be kept for now; null when that is settled.</summary>
    public async ValueTask<Rejection?> BuryAsync(Post post, Rejection reason, string origin, CancellationToken stop)
    {
        try
        {
            var key = string.IsNullOrEmpty(post.Event.Subject) ? null : post.Event.Subject;
            if (post.Content.Upload is { } upload)
                post.Event[SocialPost.DataRef.Name] = upload.Commit(post.Event.DataContentType).Uri.OriginalString;
            return await BuryAsync(await WriteAsync(post.Event, stop), StructuredEvent, key, reason, origin, stop);
        }
        catch (PayloadRefusedException refused)
        {
            return Lost(refused.Refusal, origin);
        }
    }

    /// <summary>Buries bytes; they are copied.</summary>
    public async ValueTask<Rejection?> BuryAsync(
        ReadOnlyMemory<byte> bytes, string? contentType, string? key, Rejection reason, string origin, CancellationToken stop)
    {
        try
        {
            var isLarge = bytes.Length > LargestInline;
            var letter = new DeadLetter(origin, reason, isLarge ? default : bytes, contentType, key).ToCloudEvent(Source);
            if (isLarge)
            {
                letter.Data = null;
                letter[SocialPost.DataRef.Name] = (await store.PutAsync(bytes, contentType, stop)).Uri.OriginalString;
            }

            var receipt = await publisher.PublishAsync(DeadLetter.Route, letter, stop);
            return receipt.Rejection is { } refusal ? Lost(refusal, origin) : null;
        }
        catch (PayloadRefusedException refused)
        {
            return Lost(refused.Refusal, origin);
        }
    }

    private Rejection? Lost(Rejection refusal, string origin)
    {
        telemetry.DeadLetterLost();
        Log.DeadLetterLost(logger, origin, refusal.Type, refusal.Detail);
        return refusal.Kind == RejectionKind.Poison ? null : refusal;
    }

    private static async Task<byte[]> WriteAsync(CloudEvent cloudEvent, CancellationToken stop)
    {
        using var message = new HttpRequestMessage();
        message.SetCloudEvent(cloudEvent, ContentMode.Structured);
        return await message.Content!.ReadAsByteArrayAsync(stop);
    }
}
