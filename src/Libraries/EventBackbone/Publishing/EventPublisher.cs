using CloudNative.CloudEvents;
using EventSourcing.EventBackbone.Publishing;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone;

/// <summary>
/// Puts events on the backbone and says how far each one came. One instance per process; thread-safe. Events published by one thread
/// to one route with equal keys keep their order.
/// </summary>
public sealed class EventPublisher
{
    private readonly Dictionary<string, RouteChannel> _channels;
    private readonly ILogger _logger;

    internal EventPublisher(IEnumerable<RouteChannel> channels, ILogger logger)
    {
        _channels = channels.ToDictionary(channel => channel.Name, StringComparer.Ordinal);
        _logger = logger;
    }

    /// <summary>Publishes one event; completes at the route's receipt level or with a rejection.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled; the event may still be stored later.</exception>
    /// <exception cref="ArgumentException">The route was not given to <c>AddEventBackbone</c>.</exception>
    public ValueTask<Receipt> PublishAsync(Route route, CloudEvent cloudEvent, CancellationToken stop = default)
    {
        var channel = Find(route);
        if (channel.Profile.Receipt == ReceiptLevel.Queued)
        {
            var refused = Acceptance.TryPublish(channel, cloudEvent, null, 0, possibleDuplicate: false, out var wait);
            return wait is null ? new(Verdict(channel, refused)) : new(WaitForQueueAsync(channel, wait.Value, stop));
        }

        var operation = PublishOperation.Rent();
        var rejection = Acceptance.TryPublish(channel, cloudEvent, operation, 0, possibleDuplicate: false, out var waiting);
        if (waiting is { } waiter)
            return new ValueTask<Receipt>(WaitForReceiptAsync(channel, waiter, operation, stop));
        if (rejection is null)
            return operation.AsTask(stop);
        operation.Discard();
        return new ValueTask<Receipt>(Receipt.Rejected(channel.Name, rejection));
    }

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
    /// <exception cref="ArgumentException">The route was not given to <c>AddEventBackbone</c>.</exception>
    public void Publish<TState>(
        Route route, CloudEvent cloudEvent, TState state, Action<Receipt, TState> completed, bool possibleDuplicate = false)
    {
        var channel = Find(route);
        var isQueued = channel.Profile.Receipt == ReceiptLevel.Queued;
        var sink = CallbackSink<TState>.Rent(state, completed, _logger);
        var rejection = Acceptance.TryPublish(channel, cloudEvent, isQueued ? null : sink, 0, possibleDuplicate, out var waiting);
        if (waiting is { } waiter)
            rejection = Acceptance.WaitAndPublish(channel, waiter, CancellationToken.None);
        if (rejection is not null || isQueued)
            sink.Complete(Verdict(channel, rejection), 0);
    }

    /// <summary>A batch of events for one route that completes with one task and one receipt per event.</summary>
    /// <param name="route">Where the events go.</param>
    /// <param name="capacity">Events expected; the batch grows when there are more.</param>
    /// <exception cref="ArgumentException">The route was not given to <c>AddEventBackbone</c>.</exception>
    public EventBatch CreateBatch(Route route, int capacity) => new(Find(route), capacity);

    /// <summary>The profile of a route after configuration.</summary>
    /// <exception cref="ArgumentException">The route was not given to <c>AddEventBackbone</c>.</exception>
    public DeliveryProfile GetProfile(Route route) => Find(route).Profile with { };

    /// <summary>The books of every route, each of one moment.</summary>
    public IReadOnlyList<RouteStatistics> GetStatistics() => _channels.Values.Select(channel => channel.GetStatistics()).ToArray();

    private static async Task<Receipt> WaitForQueueAsync(RouteChannel channel, WaitingEvent waiting, CancellationToken stop) =>
        Verdict(channel, await Acceptance.WaitAndPublishAsync(channel, waiting, stop));

    private static async Task<Receipt> WaitForReceiptAsync(RouteChannel channel, WaitingEvent waiting, PublishOperation operation, CancellationToken stop)
    {
        Rejection? rejection;
        try
        {
            rejection = await Acceptance.WaitAndPublishAsync(channel, waiting, stop);
        }
        catch (OperationCanceledException)
        {
            operation.Discard();
            throw;
        }
        if (rejection is null)
            return await operation.AsTask(stop);
        operation.Discard();
        return Receipt.Rejected(channel.Name, rejection);
    }

    private static Receipt Verdict(RouteChannel channel, Rejection? rejection) =>
        rejection is null ? Receipt.Queued(channel.Name) : Receipt.Rejected(channel.Name, rejection);

    private RouteChannel Find(Route route) => _channels.TryGetValue(route.Name, out var channel)
        ? channel
        : throw new ArgumentException($"The route '{route.Name}' is unknown: give it to AddEventBackbone.", nameof(route));
}
