namespace EventSourcing.LocalMq.Storage;

/// <summary>What is known of a stored message without its bytes.</summary>
/// <param name="Id">Order of arrival over all queues.</param>
/// <param name="QueueId">Its queue.</param>
/// <param name="Length">Bytes of the encoded message.</param>
/// <param name="DeliveryCount">Deliveries that failed.</param>
internal readonly record struct StoredMessage(long Id, long QueueId, int Length, uint DeliveryCount);
