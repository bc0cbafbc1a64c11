using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary><c>POST /events</c>: CloudEvents in binary, structured and batch mode.</summary>
internal sealed class EventsEndpoint(EventIntake intake, IngressBudget budget, IOptions<CollectorOptions> options, TimeProvider clock)
{
    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken stop)
    {
        var received = clock.GetUtcNow();
        if (RequestMode.Detect(request, out var mode) is { } unsupported)
            return new RefusalResult(unsupported);
        using var body = await RequestBody.ReadAsync(request, options.Value.MaxBodyBytes, budget, options.Value.RetryAfter, stop);
        if (body.Refusal is not null)
            return new RefusalResult(body.Refusal);
        return mode == HttpContentMode.Batch
            ? await PostBatchAsync(request.HttpContext.Response, body.Bytes, received, stop)
            : await PostOneAsync(request, mode, body.Bytes, received, stop);
    }

    private async Task<IResult> PostOneAsync(
        HttpRequest request, HttpContentMode mode, ReadOnlyMemory<byte> body, DateTimeOffset received, CancellationToken stop)
    {
        using var batch = intake.CreateBatch(IngressPath.Http, received, capacity: 1);
        var defect = mode == HttpContentMode.Structured ? JsonShape.Read(body.Span, WebEventsJson.MaxDepth, out _) : FindDataDefect(body.Span);
        if (defect is not null && mode == HttpContentMode.Structured)
            return new RefusalResult(defect);
        if (HttpEvents.TryRead(request, mode, body, out var cloudEvent) is { } invalid)
            return new RefusalResult(defect ?? invalid);

        if (defect is null)
            batch.Add(cloudEvent!);
        else
            batch.AddBuried(cloudEvent!, defect);
        var receipts = await batch.CompleteAsync(stop);
        return ReceiptResults.One(receipts.Ids[0], receipts.Receipts.Span[0]);
    }

    private async Task<IResult> PostBatchAsync(HttpResponse response, ReadOnlyMemory<byte> body, DateTimeOffset received, CancellationToken stop)
    {
        if (BatchBody.FindDefect(body.Span, options.Value.MaxBatchEvents, WebEventsJson.MaxDepth, out var count) is { } defect)
            return new RefusalResult(defect);

        using var batch = intake.CreateBatch(IngressPath.Http, received, count);
        foreach (var member in HttpCloudEvents.ReadBatch(body, options.Value.MaxBatchEvents))
        {
            if (member.Event is { } cloudEvent)
                batch.Add(cloudEvent);
            else
                batch.AddRefused(Rejection.Invalid(member.Error ?? "The member is no CloudEvent."), BatchBody.TryReadId(member.Raw.Span));
        }

        var receipts = await batch.CompleteAsync(stop);
        return ReceiptResults.Batch(receipts.Ids, receipts.Receipts.Span, response);
    }

    private static Rejection? FindDataDefect(ReadOnlySpan<byte> data) => data.IsEmpty ? null : JsonShape.Read(data, WebEventsJson.MaxDepth, out _);
}
