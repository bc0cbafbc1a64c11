using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Options;
using EventSourcing.SensorIngest.Telemetry;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Exceptions;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>Keeps one connection per lane to the broker, one after the other, under the lane's own session.</summary>
internal sealed class LaneSubscriber(
    IOptions<MqttSourceOptions> options, MqttAddress address, MqttMessageDecoder decoder, MqttDeliveryProcessor processor, MqttSourceState state,
    SensorIngestTelemetry telemetry, ILogger<LaneSubscriber> logger)
{
    /// <summary>Runs until the stop; then the receipts that are outstanding are waited for.</summary>
    public async Task RunAsync(Lane lane, CancellationToken stop)
    {
        var delay = new ReconnectDelay(options.Value.ReconnectDelay, options.Value.ReconnectDelayMax, Random.Shared);
        while (!stop.IsCancellationRequested)
        {
            var end = await ConnectAndRunAsync(lane, delay, stop);
            if (!stop.IsCancellationRequested)
                await WaitAsync(lane, end, delay.Next(), stop);
        }
    }

    private async Task<string> ConnectAndRunAsync(Lane lane, ReconnectDelay delay, CancellationToken stop)
    {
        await using var connection = new MqttConnection(options.Value, processor);
        try
        {
            var session = await connection.ConnectAsync(address.ToClientOptions(options.Value, lane.ClientId), stop);
            if (session.ResultCode != MqttClientConnectResultCode.Success)
                return $"the broker refused the connection: {session.ResultCode} {session.ReasonString}";
            var running = connection.RunAsync(stop);        // messages of the session are flowing already
            var filters = decoder.FiltersOf(lane.Number, session.SharedSubscriptionAvailable ? options.Value.ShareName : null);
            await connection.SubscribeAsync(filters, stop);
            Log.Subscribed(logger, string.Join(", ", filters), address.Display, lane.ClientId, session.IsSessionPresent);
            telemetry.Connected();
            state.Connected(lane.Number, connection);
            var end = await running;
            if (connection.HasAcknowledged)
                delay.Reset();
            if (connection.WasTakenOver)
                Log.SessionTakenOver(logger, lane.ClientId);
            return end;
        }
        catch (Exception failed) when (failed is MqttCommunicationException or InvalidOperationException or TimeoutException)
        {
            return failed.GetBaseException().Message;
        }
        catch (OperationCanceledException)
        {
            return "the broker did not answer in time";
        }
    }

    private async Task WaitAsync(Lane lane, string reason, TimeSpan delay, CancellationToken stop)
    {
        state.Disconnected(lane.Number, $"MQTT {address.Display}: {reason}");
        Log.Disconnected(logger, address.Display, lane.ClientId, reason, delay);
        await Task.Delay(delay, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
