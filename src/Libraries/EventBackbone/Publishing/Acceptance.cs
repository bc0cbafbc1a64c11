using CloudNative.CloudEvents;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>The way into a route, for one event, with or without waiting for room.</summary>
internal static class Acceptance
{
    /// <summary>Accepts the event for <paramref name="sink"/>, or says why not, or what to wait for before trying again.</summary>
    public static Rejection? TryPublish(
        RouteChannel channel, CloudEvent cloudEvent, IReceiptSink? sink, int index, bool possibleDuplicate, out WaitingEvent? waiting)
    {
        waiting = null;
        var pending = PendingPool.Rent();
        var rejection = RecordFactory.TryPrepare(channel, cloudEvent, possibleDuplicate, pending);
        if (rejection is null)
        {
            (pending.Sink, pending.SinkIndex) = (sink, index);
            rejection = channel.TryAccept(pending, woken: false, out var room);
            if (room is not null)
                waiting = new WaitingEvent(pending, room);
        }
        if (rejection is not null)
            RouteChannel.Discard(pending);
        return rejection;
    }

    public static Rejection? WaitAndPublish(RouteChannel channel, WaitingEvent waiting, CancellationToken stop) =>
        WaitAndPublishAsync(channel, waiting, stop).GetAwaiter().GetResult();

    public static async Task<Rejection?> WaitAndPublishAsync(RouteChannel channel, WaitingEvent waiting, CancellationToken stop)
    {
        var room = waiting.Room;
        while (true)
        {
            try
            {
                await room.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                channel.StopWaiting(room);
                RouteChannel.Discard(waiting.Pending);
                throw;
            }
            var rejection = channel.TryAccept(waiting.Pending, woken: true, out var again);
            if (rejection is not null)
                RouteChannel.Discard(waiting.Pending);
            if (again is null)
                return rejection;
            room = again;
        }
    }
}
