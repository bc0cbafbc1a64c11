using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.Orders.Options;
using EventSourcing.Orders.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Outbox;

/// <summary>Hands a batch of the outbox to Kafka until all of it is stored, in order; however long that takes, there is only the one batch in memory.</summary>
internal sealed class RelayPublisher(
    EventPublisher publisher, EventCatalog catalog, OrdersTelemetry telemetry, IOptions<OutboxOptions> options, TimeProvider time,
    ILogger<RelayPublisher> logger)
{
    private static readonly Uri Source = new("/orders", UriKind.Relative);
    private bool _isAway;

    /// <summary>Completes when every event is on the topic, or kept as a dead letter because Kafka will never take it.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled; some may be stored.</exception>
    public async Task PublishAsync(IReadOnlyList<RelayedEvent> events, CancellationToken stop)
    {
        var open = events;
        while (open.Count > 0)
        {
            var (left, refusal) = await TryAsync(open, stop);
            Note(left.Count, refusal);
            if (left.Count > 0)
                await Task.Delay(options.Value.RetryDelay, time, stop);
            open = left;
        }

        telemetry.Relayed(events);
        Log.Relayed(logger, events.Count);
    }

    private async Task<(List<RelayedEvent> Left, Rejection? Refusal)> TryAsync(IReadOnlyList<RelayedEvent> events, CancellationToken stop)
    {
        using var batch = publisher.CreateBatch(Routes.Orders, events.Count);
        foreach (var one in events)
            await batch.AddAsync(one.ToCloudEvent(catalog), one.MayBeStored, stop);
        var receipts = await batch.CompleteAsync(stop);
        var left = new List<RelayedEvent>();
        Rejection? last = null;
        for (var i = 0; i < events.Count; i++)
        {
            if (receipts.Span[i].Rejection is not { } refusal)
                continue;
            if (refusal.Kind == RejectionKind.Poison && await BuryAsync(events[i], refusal, stop) is null)
                continue;
            events[i].MayBeStored |= refusal.IsOutcomeUnknown;
            left.Add(events[i]);
            last = refusal;
        }

        return (left, last);
    }

    private async Task<Rejection?> BuryAsync(RelayedEvent one, Rejection reason, CancellationToken stop)
    {
        Log.EventBuried(logger, one.Message.Id, one.Message.AggregateId, reason.Type, reason.Detail);
        var payload = System.Text.Encoding.UTF8.GetBytes(one.Message.Payload.GetRawText());
        var letter = new DeadLetter($"outbox/{one.Message.Id}", reason, payload, JsonData.ContentType, one.Message.AggregateId);
        return (await publisher.PublishAsync(DeadLetter.Route, letter.ToCloudEvent(Source), stop)).Rejection;
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
