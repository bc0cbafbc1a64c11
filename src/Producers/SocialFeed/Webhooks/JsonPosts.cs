using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Intake;
using EventSourcing.SocialFeed.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>Posts in structured and batch mode, whose bodies are read whole. Corrupt ones are buried as they came: a network does not read answers.</summary>
internal sealed class JsonPosts(PostIntake intake, WebhookBudget budget, IOptions<WebhookOptions> options)
{
    /// <summary>The answer; null when the signature does not fit.</summary>
    public async Task<IResult?> TakeAsync(
        HttpRequest request, Feed feed, WebhookSignature signature, PostMode mode, DateTimeOffset received, CancellationToken stop)
    {
        using var body = await RequestBody.ReadAsync(request, options.Value.MaxStructuredBytes, budget, options.Value.RetryAfter, stop);
        if (body.Refusal is not null)
            return new RefusalResult(body.Refusal);
        signature.Append(body.Bytes.Span);
        if (!signature.Fits())
            return null;
        var arrival = Arrival.At(feed, received);
        var answer = mode == PostMode.Batch
            ? await TakeBatchAsync(body.Bytes, arrival, request.HttpContext.Response, stop)
            : await TakeOneAsync(body.Bytes, arrival, request.ContentType, stop);
        if (answer.Refusal is not { } refusal)
            return answer.Result;
        await intake.BuryAsync(body.Bytes, request.ContentType, refusal, arrival, stop);
        return new RefusalResult(refusal);
    }

    private async Task<(IResult? Result, Rejection? Refusal)> TakeOneAsync(ReadOnlyMemory<byte> body, Arrival arrival, string? contentType, CancellationToken stop)
    {
        if (JsonShape.Read(body.Span, EventLimits.MaxJsonDepth, out _) is { } defect)
            return (null, defect);
        CloudEvent cloudEvent;
        try
        {
            cloudEvent = HttpCloudEvents.ReadStructured(body, contentType);
        }
        catch (ArgumentException invalid)
        {
            return (null, Rejection.Invalid(invalid.Message));
        }

        using var batch = intake.CreateBatch(arrival, capacity: 1);
        await batch.AddAsync(new Post(cloudEvent, default), stop);
        var receipts = await batch.CompleteAsync(stop);
        return (ReceiptResults.One(batch.Ids[0], receipts.Span[0]), null);
    }

    private async Task<(IResult? Result, Rejection? Refusal)> TakeBatchAsync(ReadOnlyMemory<byte> body, Arrival arrival, HttpResponse response, CancellationToken stop)
    {
        if (BatchBody.FindDefect(body.Span, options.Value.MaxBatchEvents, EventLimits.MaxJsonDepth, out var count) is { } defect)
            return (null, defect);
        using var batch = intake.CreateBatch(arrival, count);
        foreach (var member in HttpCloudEvents.ReadBatch(body, options.Value.MaxBatchEvents))
        {
            if (member.Event is { } cloudEvent)
                await batch.AddAsync(new Post(cloudEvent, default), stop);
            else
                await batch.AddUnreadableAsync(member.Raw, BatchBody.TryReadId(member.Raw.Span), Rejection.Invalid(member.Error ?? "The member is no CloudEvent."), stop);
        }

        var receipts = await batch.CompleteAsync(stop);
        return (ReceiptResults.Batch(batch.Ids, receipts.Span, response), null);
    }
}
