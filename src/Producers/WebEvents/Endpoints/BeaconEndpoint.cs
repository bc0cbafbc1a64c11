using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary>
/// <c>POST /beacon</c>: what <c>navigator.sendBeacon</c> sends when a page is left. Nobody reads the answer and nobody can be asked
/// again, so whatever is no event goes to the dead letters. 202: every event is accepted or a dead letter.
/// </summary>
internal sealed class BeaconEndpoint(
    EventIntake intake, IngressBudget budget, IOptions<CollectorOptions> options, TimeProvider clock, ILogger<BeaconEndpoint> logger)
{
    public async Task<IResult> PostAsync(HttpRequest request, CancellationToken stop)
    {
        var received = clock.GetUtcNow();
        if (RequestMode.CheckBeacon(request) is { } unsupported)
            return new RefusalResult(unsupported);
        using var body = await RequestBody.ReadAsync(request, options.Value.MaxBodyBytes, budget, options.Value.RetryAfter, stop);
        if (body.Refusal is not null)
            return new RefusalResult(body.Refusal);

        var defect = BatchBody.FindDefect(body.Bytes.Span, options.Value.MaxBatchEvents, WebEventsJson.MaxDepth, out var count);
        using var batch = intake.CreateBatch(IngressPath.Beacon, received, Math.Max(1, count));
        if (defect is not null)
            batch.AddBuried(defect, body.Bytes, request.ContentType);
        else
            AddMembers(batch, body.Bytes);
        return await AnswerAsync(batch, stop);
    }

    private void AddMembers(IntakeBatch batch, ReadOnlyMemory<byte> body)
    {
        foreach (var member in HttpCloudEvents.ReadBatch(body, options.Value.MaxBatchEvents))
        {
            if (member.Event is { } cloudEvent)
                batch.Add(cloudEvent, member.Raw);
            else
                batch.AddBuried(Rejection.Invalid(member.Error ?? "The member is no CloudEvent."), member.Raw, "application/json");
        }
    }

    private async Task<IResult> AnswerAsync(IntakeBatch batch, CancellationToken stop)
    {
        var receipts = await batch.CompleteAsync(stop);
        var passing = receipts.LongestPassing();
        if (receipts.LostDeadLetters is { Count: > 0 } lost)
        {
            Log.DeadLettersLost(logger, lost.Count, IngressPath.Beacon.Origin, lost.Reason!.Type, lost.Reason.Detail);
            passing ??= IntakeRefusals.Busy("The dead letters could not be kept.", options.Value.RetryAfter);
        }

        return passing is null ? TypedResults.Accepted((string?)null) : new RefusalResult(passing);
    }
}
