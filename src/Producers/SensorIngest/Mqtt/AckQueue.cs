using System.Collections.Concurrent;
using System.Threading.Channels;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// Deliveries in arrival order, acknowledged as a gap-free prefix (MQTT 5 §4.6: PUBACKs go in the order of the PUBLISHes). Outcomes only
/// ring the bell; one loop sends.
/// </summary>
internal sealed class AckQueue
{
    private readonly ConcurrentQueue<MqttDelivery> _deliveries = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Adds the delivery that came last.</summary>
    public void Add(MqttDelivery delivery) => _deliveries.Enqueue(delivery);

    /// <summary>A delivery has its outcome.</summary>
    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>Acknowledges until a delivery fails; returns that one. <paramref name="acknowledged"/> runs after each acknowledgement.</summary>
    /// <exception cref="OperationCanceledException">The connection is over.</exception>
    public async Task<MqttDelivery> RunAsync(Action acknowledged, CancellationToken ended)
    {
        while (true)
        {
            await _bell.Reader.ReadAsync(ended);
            while (_deliveries.TryPeek(out var first) && first.State != DeliveryState.Pending)
            {
                if (first.State == DeliveryState.Failed && first.IsAcknowledged)
                    return first;
                if (first.IsAcknowledged)
                    await first.AcknowledgeAsync(ended);
                _deliveries.TryDequeue(out _);
                acknowledged();
            }
        }
    }
}
