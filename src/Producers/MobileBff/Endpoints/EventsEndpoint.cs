using System.Globalization;
using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Contracts;
using EventSourcing.MobileBff.Installations;
using EventSourcing.MobileBff.Intake;
using EventSourcing.MobileBff.Options;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Endpoints;

/// <summary><c>POST /events</c>: a batch of CloudEvents, answered with a verdict for each.</summary>
internal sealed class EventsEndpoint(BatchIntake intake, BodyBudget budget, IOptions<MobileOptions> options, TimeProvider time)
{
    /// <summary>Request header: what the phone's clock showed when it sent the batch, RFC 3339; renewed with every attempt.</summary>
    public const string SentTimeHeader = "Sent-Time";

    private const string Batch = "application/cloudevents-batch+json";

    public async Task<IResult> PostAsync(HttpContext context)
    {
        var received = time.GetUtcNow();
        if (FindHeaderDefect(context.Request, out var sent) is { } defect)
            return new RefusalResult(defect);
        var own = options.Value;
        using var body = await RequestBody.ReadAsync(context.Request, own.MaxBodyBytes, budget, own.RetryAfter, context.RequestAborted);
        if (body.Refusal is not null)
            return new RefusalResult(body.Refusal);
        if (BatchBody.FindDefect(body.Bytes.Span, own.MaxBatchEvents, MobileJson.MaxDepth, out var count) is { } malformed)
            return new RefusalResult(malformed);
        if (context.Features.GetRequiredFeature<InstallationPlace>().Charge(count - 1) is { } tooMuch)
            return new RefusalResult(tooMuch);

        var origin = new BatchOrigin(context.User.Identity!.Name!, received, sent);
        var taken = await intake.TakeAsync(HttpCloudEvents.ReadBatch(body.Bytes, own.MaxBatchEvents), origin);
        return ReceiptResults.Batch(taken.Ids, taken.Receipts, context.Response);
    }

    private static Rejection? FindHeaderDefect(HttpRequest request, out DateTimeOffset? sent)
    {
        sent = null;
        if (!RequestContent.IsPlainUtf8(request, out var mediaType) || mediaType != Batch)
            return IntakeRefusals.UnsupportedContentType(request.ContentType, $"{Batch} in UTF-8 and not compressed");
        string? text = request.Headers[SentTimeHeader];
        if (text is null)
            return null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return Rejection.Invalid($"{SentTimeHeader} must be an RFC 3339 timestamp.");
        sent = time;
        return null;
    }
}
