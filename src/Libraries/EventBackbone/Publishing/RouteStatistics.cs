namespace EventSourcing.EventBackbone;

/// <summary>
/// One route's books at one moment. Always true: <c>Accepted = Stored + Queued + Spooled + DeadLettered + Dropped</c>.
/// </summary>
/// <param name="Route">The route's name.</param>
/// <param name="Accepted">Events taken since the start, those found in the spool at start included; refused events are not.</param>
/// <param name="Stored">Acknowledged by Kafka at the route's durability (with <c>FireAndForget</c>: written to the connection).</param>
/// <param name="Queued">In memory: neither stored nor on disk yet.</param>
/// <param name="Spooled">On disk and not stored yet.</param>
/// <param name="DeadLettered">Receipted, then refused by Kafka for good, and handed to the dead letters.</param>
/// <param name="Dropped">Receipted as queued, then given up: by <c>DropOldest</c>, a timeout, or a stop.</param>
/// <param name="Rejected">Refused; not part of <paramref name="Accepted"/>.</param>
/// <param name="QueuedBytes">Bytes of events in memory, what <c>BufferBytes</c> limits.</param>
/// <param name="SpooledBytes">Bytes of events in the spool, what <c>SpoolBytes</c> limits.</param>
/// <param name="IsSpooling">True while new events go to the spool.</param>
public sealed record RouteStatistics(
    string Route, long Accepted, long Stored, long Queued, long Spooled, long DeadLettered, long Dropped, long Rejected,
    long QueuedBytes, long SpooledBytes, bool IsSpooling)
{
    /// <summary>True when the books balance.</summary>
    public bool IsBalanced => Accepted == Stored + Queued + Spooled + DeadLettered + Dropped;
}
