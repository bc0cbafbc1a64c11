using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Intake;
using EventSourcing.SocialFeed.Payloads;

namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>Posts whose data are the body: in binary mode, and plain ones. A large body goes to the payload store while it comes.</summary>
internal sealed class RawPosts(PostIntake intake, PayloadStore store, WebhookBudget budget)
{
    /// <summary>The answer; null when the signature does not fit.</summary>
    public async Task<IResult?> TakeAsync(
        HttpRequest request, Feed feed, WebhookSignature signature, PostMode mode, DateTimeOffset received, CancellationToken stop)
    {
        await using var body = await PostBody.ReadAsync(request, signature, store, budget, stop);
        if (body.Refusal is { } refusal)
            return new RefusalResult(refusal);
        if (!signature.Fits())
            return null;
        var arrival = Arrival.At(feed, received);
        if (TryRead(request, feed, signature, mode, body.Bytes, out var cloudEvent) is { } invalid)
        {
            await intake.BuryAsync(body.Bytes, request.ContentType, invalid, arrival, stop);
            return new RefusalResult(invalid);
        }

        using var batch = intake.CreateBatch(arrival, capacity: 1);
        await batch.AddAsync(new Post(cloudEvent!, body.Content), stop);
        var receipts = await batch.CompleteAsync(stop);
        return ReceiptResults.One(batch.Ids[0], receipts.Span[0]);
    }

    private static Rejection? TryRead(
        HttpRequest request, Feed feed, WebhookSignature signature, PostMode mode, ReadOnlyMemory<byte> bytes, out CloudEvent? cloudEvent)
    {
        try
        {
            // A copy: the body's buffer goes back to its pool while the event may wait in the spool's queue.
            var data = bytes.IsEmpty ? null : bytes.ToArray();
            cloudEvent = mode == PostMode.Binary
                ? HttpCloudEvents.ReadBinary(request.Headers, request.ContentType, data)
                : PlainPost.Create(request, feed, signature);
            cloudEvent.Data ??= data;
            return null;
        }
        catch (ArgumentException defect)
        {
            cloudEvent = null;
            return Rejection.Invalid(defect.Message);
        }
    }
}
