using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.Fulfillment.State;

namespace EventSourcing.Fulfillment.Kafka;

/// <summary>Orders in: a placed one starts a process, a cancelled one interrupts its own. An event that comes again changes nothing.</summary>
internal sealed class OrdersHandler(InstanceStore store, ServiceState state, TimeProvider time) : IEventHandler
{
    private const string Placed = "io.eventsourcing.order.placed.v1";
    private const string Cancelled = "io.eventsourcing.order.cancelled.v1";
    private const int MaxIdLength = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits while the bound is reached: the partitions are then paused.</summary>
    public async ValueTask HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken stop)
    {
        await state.WhenReadyAsync(stop);
        while (state.IsFull)
            await Task.Delay(Pause, time, stop);
        var placed = new List<(string, string?)>();
        var cancelled = new List<string>();
        foreach (var received in events)
        {
            if (FindDefect(received) is { } defect)
                received.Poison(Rejection.Invalid(defect));
            else if (received.Event!.Type == Placed)
                placed.Add((received.Event.Subject!, Trace(received)));
            else if (received.Event.Type == Cancelled)
                cancelled.Add(received.Event.Subject!);
        }

        if (placed.Count + cancelled.Count > 0)
            await store.TakeOrdersAsync(placed.DistinctBy(order => order.Item1).ToList(), cancelled, stop);
    }

    private static string? FindDefect(ReceivedEvent received) => received.Event switch
    {
        null => received.EnvelopeError ?? "The record is no CloudEvent.",
        { Type: Placed or Cancelled, Subject: not { Length: > 0 and <= MaxIdLength } } => $"subject must be the order id, 1 to {MaxIdLength} characters.",
        _ => null,                                            // other types of this topic are no matter of this process
    };

    private static string? Trace(ReceivedEvent received) => received.Event![EventAttributes.TraceParent] as string;
}
