using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>
/// Recognises an event that comes a second time while the first is remembered or still under way. Bounded, and this process's own: across
/// replicas and restarts it cannot be exact, which is why redeliveries that it does not know are marked on the topic.
/// </summary>
/// <param name="capacity">Events remembered, count; the oldest is forgotten first.</param>
internal sealed class DuplicateWindow(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Source, string Id), Entry> _entries = [];
    private readonly Queue<(string Source, string Id)> _order = new();

    /// <summary>
    /// True when the event is to be published and then <see cref="Complete"/>d. False when it is known: <paramref name="outcome"/> gets the
    /// first delivery's receipt, now or when that one has it.
    /// </summary>
    /// <param name="identity">CloudEvents' <c>source</c> and <c>id</c>.</param>
    /// <param name="outcome">Who waits.</param>
    /// <param name="possibleDuplicate">An earlier attempt was sent and never acknowledged, so the event may be on the topic already.</param>
    public bool TryBegin((string Source, string Id) identity, IIntakeOutcome outcome, out bool possibleDuplicate)
    {
        Receipt known;
        possibleDuplicate = false;
        lock (_gate)
        {
            if (!_entries.TryGetValue(identity, out var entry))
            {
                Remember(identity);
                return true;
            }

            if (entry.Receipt is { Rejection: not null })
            {
                possibleDuplicate = entry.IsUncertain = true;
                entry.Receipt = null;
                return true;
            }

            if (entry.Receipt is not { } receipt)
            {
                (entry.Waiting ??= []).Add(outcome);
                return false;
            }

            known = receipt;
        }

        outcome.Complete(known);
        return false;
    }

    /// <summary>
    /// The receipt of an event that was begun. One that was not accepted is forgotten, so that it can be tried again, unless its outcome is
    /// unknown, or that of an earlier attempt is.
    /// </summary>
    public void Complete((string Source, string Id) identity, Receipt receipt)
    {
        List<IIntakeOutcome>? waiting;
        lock (_gate)
        {
            if (!_entries.TryGetValue(identity, out var entry))
                return;
            waiting = entry.Waiting;
            (entry.Waiting, entry.Receipt) = (null, receipt);
            if (receipt.Rejection is { IsOutcomeUnknown: false } && !entry.IsUncertain)
                _entries.Remove(identity);
        }

        foreach (var outcome in waiting ?? [])
            outcome.Complete(receipt);
    }

    // Entries without a receipt are never forgotten: someone may wait for them, and the sources bound their number.
    private void Remember((string Source, string Id) identity)
    {
        _entries[identity] = new Entry();
        _order.Enqueue(identity);
        for (var surplus = _order.Count - capacity; surplus > 0; surplus--)
        {
            var oldest = _order.Dequeue();
            if (_entries.TryGetValue(oldest, out var entry) && entry.Receipt is null)
                _order.Enqueue(oldest);
            else
                _entries.Remove(oldest);
        }
    }

    private sealed class Entry
    {
        public Receipt? Receipt { get; set; }

        /// <summary>An earlier attempt may be on the topic.</summary>
        public bool IsUncertain { get; set; }

        public List<IIntakeOutcome>? Waiting { get; set; }
    }
}
