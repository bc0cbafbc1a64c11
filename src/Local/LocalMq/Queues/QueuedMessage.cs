using EventSourcing.LocalMq.Storage;

namespace EventSourcing.LocalMq.Queues;

/// <summary>A message in its queue. Touched by its queue's own loop only.</summary>
internal sealed class QueuedMessage(StoredMessage stored)
{
    /// <summary>Order of arrival.</summary>
    public long Id => stored.Id;

    /// <summary>Bytes of the encoded message.</summary>
    public int Length { get; set; } = stored.Length;

    /// <summary>Deliveries that failed (AMQP 1.0 §3.2.1).</summary>
    public uint DeliveryCount { get; set; } = stored.DeliveryCount;

    /// <summary>A consumer has had it, whatever became of it.</summary>
    public bool WasDelivered { get; set; } = stored.DeliveryCount > 0;

    /// <summary>The bytes, when they are kept in memory.</summary>
    public byte[]? Bytes { get; set; }
}
