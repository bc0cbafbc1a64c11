using System.Text;
using EventSourcing.EventBackbone;
using EventSourcing.Fulfillment.Options;
using EventSourcing.Fulfillment.State;
using EventSourcing.Fulfillment.Telemetry;
using EventSourcing.HttpIntake;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.Outbox;

/// <summary>Hands a batch of steps to Kafka until all of it is stored, in order; however long that takes, there is only the one batch in memory.</summary>
internal sealed class StepPublisher(
    EventPublisher publisher, EventCatalog catalog, ServiceState state, FulfillmentTelemetry telemetry, IOptions<OutboxOptions> options, TimeProvider time,
    ILogger<StepPublisher> logger)
{
    private bool _isAway;

    /// <summary>Completes when every step is on the topic, or kept as a dead letter because Kafka will never take it.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled; some may be stored.</exception>
    public async Task PublishAsync(IReadOnlyList<RelayedStep> steps, CancellationToken stop)
    {
        var source = new Uri(await state.WhenReadyAsync(stop), UriKind.Relative);
        var open = steps;
        while (open.Count > 0)
        {
            var (left, refusal) = await TryAsync(open, source, stop);
            Note(left.Count, refusal);
            if (left.Count > 0)
                await Task.Delay(options.Value.RetryDelay, time, stop);
            open = left;
        }

        telemetry.Relayed(steps);
    }

    private async Task<(List<RelayedStep> Left, Rejection? Refusal)> TryAsync(IReadOnlyList<RelayedStep> steps, Uri source, CancellationToken stop)
    {
        using var batch = publisher.CreateBatch(Routes.ProcessSteps, steps.Count);
        foreach (var step in steps)
            await batch.AddAsync(step.ToCloudEvent(source, catalog), step.MayBeStored, stop);
        var receipts = await batch.CompleteAsync(stop);
        var left = new List<RelayedStep>();
        Rejection? last = null;
        for (var i = 0; i < steps.Count; i++)
        {
            if (receipts.Span[i].Rejection is not { } refusal)
                continue;
            if (refusal.Kind == RejectionKind.Poison && await BuryAsync(steps[i], source, refusal, stop) is null)
                continue;
            steps[i].MayBeStored |= refusal.IsOutcomeUnknown;
            left.Add(steps[i]);
            last = refusal;
        }

        return (left, last);
    }

    private async Task<Rejection?> BuryAsync(RelayedStep step, Uri source, Rejection reason, CancellationToken stop)
    {
        Log.StepBuried(logger, step.Sequence, step.InstanceId, reason.Type, reason.Detail);
        var letter = new DeadLetter($"outbox/{step.Id}", reason, Encoding.UTF8.GetBytes(step.Payload), JsonData.ContentType, step.InstanceId);
        return (await publisher.PublishAsync(DeadLetter.Route, letter.ToCloudEvent(source), stop)).Rejection;
    }

    private void Note(int left, Rejection? refusal)
    {
        if (refusal is not null && !_isAway)
            Log.BackboneAway(logger, left, refusal.Type, refusal.Detail);
        else if (refusal is null && _isAway)
            Log.BackboneBack(logger);
        _isAway = refusal is not null;
    }
}
