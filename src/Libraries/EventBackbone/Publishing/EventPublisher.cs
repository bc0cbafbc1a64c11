using CloudNative.CloudEvents;

namespace EventSourcing.EventBackbone;

/// <summary>
/// Puts events on the backbone and says how far each one came. One instance per process; thread-safe. Events published by one thread
/// to one route with equal keys keep their order.
/// </summary>
public sealed class EventPublisher
{
    /// <summary>Publishes one event; completes at the route's receipt level or with a rejection.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled; the event may still be stored later.</exception>
    public ValueTask<Receipt> PublishAsync(Route route, CloudEvent cloudEvent, CancellationToken stop = default) =>
        throw new NotImplementedException();

    /// <summary>
    /// Publishes one event whose acknowledgement travels with it (MQTT, AMQP, CDC): <paramref name="completed"/> runs once, on any
    /// thread, and must not block. When the buffer is full and the route waits, this call blocks the caller.
    /// </summary>
    /// <param name="route">Where the event goes.</param>
    /// <param name="cloudEvent">The event.</param>
    /// <param name="state">What <paramref name="completed"/> needs.</param>
    /// <param name="completed">Gets the receipt.</param>
    /// <param name="possibleDuplicate">
    /// True when the event may be on the topic already (MQTT DUP, a redelivery): the record carries the header
    /// <c>redelivery: possible-duplicate</c>.
    /// </param>
    public void Publish<TState>(
        Route route, CloudEvent cloudEvent, TState state, Action<Receipt, TState> completed, bool possibleDuplicate = false) =>
        throw new NotImplementedException();

    /// <summary>A batch of events for one route that completes with one task and one receipt per event.</summary>
    /// <param name="route">Where the events go.</param>
    /// <param name="capacity">Events expected; the batch grows when there are more.</param>
    public EventBatch CreateBatch(Route route, int capacity) => throw new NotImplementedException();
}
