using CloudNative.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.WebEvents.Telemetry;

namespace EventSourcing.WebEvents.Intake;

/// <summary>
/// Events that came together, published together, each with its own receipt in the order they were added. An event whose envelope is
/// good but whose content is not goes to the dead letters, too. Not thread-safe.
/// </summary>
internal sealed class IntakeBatch(
    EventIntake intake, EventPublisher publisher, WebEventsTelemetry telemetry, IngressPath path, DateTimeOffset received, int capacity) : IDisposable
{
    private static readonly Uri Source = new("/web-events", UriKind.Relative);
    private readonly EventBatch _events = publisher.CreateBatch(Routes.WebEvents, capacity);
    private readonly DeadLetterBatch _deadLetters = new(publisher, Source, path.Origin);
    private readonly List<string?> _ids = new(capacity);
    private List<(int Index, ReadOnlyMemory<byte> Raw)>? _kept;

    /// <summary>The ids of the events in order; null where an event had none that could be read.</summary>
    public IReadOnlyList<string?> Ids => _ids;

    /// <summary>Hands an event over at once, or notes why it is refused.</summary>
    public void Add(CloudEvent cloudEvent)
    {
        var id = cloudEvent.Id;
        using var accepting = telemetry.StartAccept(cloudEvent);
        if (intake.Prepare(cloudEvent, received) is { } refusal)
        {
            AddBuried(cloudEvent, refusal);
            return;
        }

        _ids.Add(id);
        _events.Add(cloudEvent, Redelivery.Take(cloudEvent));
    }

    /// <summary>As <see cref="Add(CloudEvent)"/>, for a sender that cannot be asked again: whatever the backbone never takes is buried as it came.</summary>
    /// <param name="cloudEvent">The event.</param>
    /// <param name="raw">The event as it came; must stay as it is until the batch is complete.</param>
    public void Add(CloudEvent cloudEvent, ReadOnlyMemory<byte> raw)
    {
        var buried = _deadLetters.Count;
        Add(cloudEvent);
        if (_deadLetters.Count == buried)
            (_kept ??= []).Add((_ids.Count - 1, raw));
    }

    /// <summary>Notes a refused event that has no envelope.</summary>
    public void AddRefused(Rejection refusal, string? id = null)
    {
        _ids.Add(id);
        _events.AddRejected(refusal);
    }

    /// <summary>Notes a refused event and buries it; it is not to be used afterwards.</summary>
    public void AddBuried(CloudEvent cloudEvent, Rejection refusal)
    {
        AddRefused(refusal, cloudEvent.Id);
        _deadLetters.Add(RefusedEvent.ToDeadLetter(cloudEvent, refusal, path.Origin));
    }

    /// <summary>Notes bytes that are no event and buries them.</summary>
    public void AddBuried(Rejection refusal, ReadOnlyMemory<byte> raw, string? contentType)
    {
        AddRefused(refusal);
        _deadLetters.Add(refusal, raw, contentType);
    }

    /// <summary>Completes when every event and every dead letter has its receipt. Valid until the batch is disposed.</summary>
    public async ValueTask<IntakeReceipts> CompleteAsync(CancellationToken stop)
    {
        var receipts = await _events.CompleteAsync(stop);
        telemetry.Count(path, receipts.Span);
        BuryKept(receipts.Span);
        var lost = await _deadLetters.CompleteAsync(stop);
        if (lost.Count > 0)
            telemetry.DeadLettersLost(lost.Count);
        return new IntakeReceipts(_ids, receipts, lost);
    }

    public void Dispose()
    {
        _events.Dispose();
        _deadLetters.Dispose();
    }

    private void BuryKept(ReadOnlySpan<Receipt> receipts)
    {
        foreach (var (index, raw) in _kept ?? [])
        {
            if (receipts[index].Rejection is { Kind: RejectionKind.Poison } refusal)
                _deadLetters.Add(refusal, raw, JsonData.ContentType);
        }
    }
}
