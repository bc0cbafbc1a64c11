namespace EventSourcing.EventBackbone.Kafka;

/// <summary>
/// What tells one producer client from another. Routes that spool have no message timeout: their client keeps the records in order until
/// the backbone is back, and the spool holds a copy. Routes that refuse must be able to say after the timeout that an event was not stored.
/// </summary>
internal readonly record struct ProducerKind(Durability Durability, TimeSpan MessageTimeout)
{
    public static ProducerKind Of(DeliveryProfile profile, bool usesSpool) =>
        new(profile.Durability, usesSpool ? TimeSpan.Zero : profile.DeliveryTimeout);
}
