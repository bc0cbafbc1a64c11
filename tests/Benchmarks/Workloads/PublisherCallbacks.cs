using CloudNative.CloudEvents;
using EventSourcing.Benchmarks.Measuring;
using EventSourcing.EventBackbone;

namespace EventSourcing.Benchmarks.Workloads;

/// <summary><see cref="EventPublisher.Publish"/>: the acknowledgement travels with the message, as for MQTT.</summary>
internal sealed class PublisherCallbacks(PublisherHost host, int payloadBytes) : IWorkload
{
    private readonly EventPublisher _publisher = host.Publisher;
    private readonly CloudEvent[] _events = SampleEvents.CloudEvents(payloadBytes);

    public void Send(int index, Completions completions) =>
        _publisher.Publish(
            host.Route, _events[index % _events.Length], (Completions: completions, Index: index), static (receipt, state) => state.Completions.Complete(state.Index, receipt.IsAccepted));

    public void Flush(Completions completions)
    {
        // Nothing is held back.
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
