namespace EventSourcing.EventBackbone;

/// <summary>Handles the events of one consumer, a batch at a time; offsets are stored after it returns.</summary>
public interface IEventHandler
{
    /// <summary>
    /// Handles events of any partitions, in order per partition. When it returns, their effect is durable. Throwing retries the whole
    /// batch with back-off, then stops the consumer; a single event that can never succeed is answered with
    /// <see cref="ReceivedEvent.Poison"/> and goes to the dead letters.
    /// </summary>
    ValueTask HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken stop);
}
