using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Telemetry;
using EventSourcing.MobileBff.Window;

namespace EventSourcing.MobileBff.Intake;

/// <summary>The events of one batch that are published now, among those that are refused or known. Not thread-safe.</summary>
internal sealed class Publication(EventPublisher publisher, MobileBffTelemetry telemetry, int capacity) : IDisposable
{
    private readonly EventBatch _batch = publisher.CreateBatch(Routes.MobileEvents, capacity);
    private readonly List<(EventKey Key, bool WasUncertain)> _members = new(capacity);
    private readonly List<Receipt?> _given = new(capacity);

    /// <summary>Events that were known, or came twice in the batch.</summary>
    public int Repeated { get; private set; }

    /// <summary>Adds the next member of the batch; publishes it when it is new.</summary>
    public void Add(in IncomingEvent incoming, Sighting? sighting, bool isRepeat)
    {
        var given = incoming.Refusal is { } refusal ? Receipt.Rejected(Routes.MobileEvents.Name, refusal) : sighting?.Receipt;
        if (isRepeat || sighting?.Receipt is not null)
            Repeated++;
        if (isRepeat || given is not null)
        {
            _given.Add(given ?? default(Receipt));
            return;
        }

        var uncertain = sighting!.Value.IsUncertain;
        _members.Add((incoming.Key, uncertain));
        _given.Add(null);
        using var accepting = telemetry.StartAccept(incoming.Event!);
        var marked = Redelivery.Take(incoming.Event!);
        _batch.Add(incoming.Event!, uncertain || marked);
    }

    /// <summary>Fills in all receipts; returns what became of those that were published.</summary>
    public async Task<List<Outcome>> CompleteAsync(Receipt[] receipts)
    {
        var published = await _batch.CompleteAsync(CancellationToken.None);   // the route's own timeouts bound it
        var outcomes = new List<Outcome>(_members.Count);
        for (int i = 0, next = 0; i < receipts.Length; i++)
        {
            if (_given[i] is { } given)
            {
                receipts[i] = given;
                continue;
            }

            receipts[i] = published.Span[next];
            var (key, wasUncertain) = _members[next++];
            outcomes.Add(new Outcome(key, receipts[i], wasUncertain));
        }

        return outcomes;
    }

    public void Dispose() => _batch.Dispose();
}
