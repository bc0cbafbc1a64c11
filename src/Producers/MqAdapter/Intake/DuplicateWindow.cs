namespace EventSourcing.MqAdapter.Intake;

/// <summary>
/// Remembers messages by queue and id, and whether their events are stored. Bounded, and this process's own, which is why redeliveries that it
/// does not know are marked on the topic. Thread-safe.
/// </summary>
/// <param name="capacity">Messages remembered, count; the oldest is forgotten first.</param>
internal sealed class DuplicateWindow(int capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Queue, string Id), bool> _stored = [];
    private readonly Queue<(string Queue, string Id)> _order = new();

    /// <summary>Notes that a message came; what was known of it before.</summary>
    public Sighting See((string Queue, string Id) message)
    {
        lock (_gate)
        {
            if (_stored.TryGetValue(message, out var stored))
                return stored ? Sighting.Stored : Sighting.Seen;
            _stored[message] = false;
            _order.Enqueue(message);
            if (_order.Count > capacity)
                _stored.Remove(_order.Dequeue());
            return Sighting.First;
        }
    }

    /// <summary>Notes that all of a message's events are stored.</summary>
    public void Stored((string Queue, string Id) message)
    {
        lock (_gate)
        {
            if (_stored.ContainsKey(message))
                _stored[message] = true;
        }
    }
}

/// <summary>What is known of a message that comes.</summary>
internal enum Sighting
{
    /// <summary>It was not seen, or has been forgotten.</summary>
    First,

    /// <summary>It was seen; its events may be stored.</summary>
    Seen,

    /// <summary>Its events are stored.</summary>
    Stored,
}
