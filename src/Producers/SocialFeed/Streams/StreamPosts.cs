using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Intake;
using EventSourcing.SocialFeed.Options;
using EventSourcing.SocialFeed.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>Takes the events of streams, one after the other: checks, claim check, then the backbone, or the dead letters. Its window hears how each one ends.</summary>
internal sealed class StreamPosts(
    EventPublisher publisher, PostPreparation preparation, DeadLetters deadLetters, SocialFeedTelemetry telemetry, TimeProvider time, IOptions<StreamOptions> options)
{
    /// <summary>Hands an event over; completes when that is done, not when it is stored.</summary>
    public async ValueTask TakeAsync(string stream, byte[] json, bool mayBeCopy, StreamWindow window, StreamWindow.Entry entry, CancellationToken stop)
    {
        var arrival = Arrival.From(stream, time.GetUtcNow());
        if (TryRead(json, out var cloudEvent) is { } unreadable)
        {
            Settle(await deadLetters.BuryAsync(json, JsonData.ContentType, key: null, unreadable, arrival.Origin, stop), unreadable, window, entry);
            return;
        }

        var post = new Post(cloudEvent!, default);
        using var accepting = telemetry.StartAccept(post.Event);
        var isCopy = Redelivery.Take(post.Event) || mayBeCopy;
        if (await preparation.PrepareAsync(post, arrival.Received, stop) is { } refusal)
        {
            var notKept = refusal.Kind == RejectionKind.Poison ? await deadLetters.BuryAsync(post, refusal, arrival.Origin, stop) : refusal;
            Settle(notKept, refusal, window, entry);
            return;
        }

        publisher.Publish(Routes.SocialPosts, post.Event, (Posts: this, window, entry), static (receipt, own) => own.Posts.Settle(receipt, own.window, own.entry), isCopy);
    }

    private Rejection? TryRead(byte[] json, out CloudEvent? cloudEvent)
    {
        cloudEvent = null;
        if (json.Length > options.Value.MaxEventBytes)
            return Rejection.TooLarge(json.Length, options.Value.MaxEventBytes);
        if (JsonShape.Read(json, EventLimits.MaxJsonDepth, out _) is { } defect)
            return defect;
        try
        {
            cloudEvent = HttpCloudEvents.ReadStructured(json);
            return null;
        }
        catch (ArgumentException invalid)
        {
            return Rejection.Invalid(invalid.Message);
        }
    }

    // A dead letter is an end, too, as long as it is kept.
    private void Settle(Rejection? notKept, Rejection reason, StreamWindow window, StreamWindow.Entry entry)
    {
        telemetry.Count("stream", [Receipt.Rejected(Routes.SocialPosts.Name, reason)]);
        if (notKept is null)
            window.Finish(entry);
        else
            window.Fail(entry, notKept);
    }

    private void Settle(Receipt receipt, StreamWindow window, StreamWindow.Entry entry)
    {
        telemetry.Count("stream", [receipt]);
        if (receipt.Rejection is { Kind: not RejectionKind.Poison } refusal)
            window.Fail(entry, refusal);
        else
            window.Finish(entry);
    }
}
