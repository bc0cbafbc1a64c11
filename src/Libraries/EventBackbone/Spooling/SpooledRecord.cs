namespace EventSourcing.EventBackbone.Spooling;

/// <summary>An event as it lies in the spool.</summary>
/// <param name="Order">Place in its route's order of acceptance.</param>
/// <param name="Bytes">Its size as the route counts it.</param>
/// <param name="WasAttempted">True when it had been given to the client before it came here.</param>
/// <param name="Record">The record as it goes to Kafka.</param>
internal sealed record SpooledRecord(long Order, int Bytes, bool WasAttempted, Record Record);
