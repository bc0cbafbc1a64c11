using EventSourcing.SensorIngest.Options;
using EventSourcing.SensorIngest.Telemetry;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Exceptions;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>Keeps one connection to the broker, one after the other, under this replica's own session.</summary>
internal sealed class MqttSourceWorker(
    IOptions<MqttSourceOptions> options, MqttAddress address, MqttMessageDecoder decoder, MqttDeliveryProcessor processor, MqttSourceState state,
    SensorIngestTelemetry telemetry, ILogger<MqttSourceWorker> logger) : BackgroundService
{
    private static readonly TimeSpan StandbyInterval = TimeSpan.FromSeconds(1);

    private readonly ReconnectDelay _delay = new(options.Value, Random.Shared);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var slot = ClientSlot.Take(options.Value, address);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var end = await ConnectAndRunAsync(slot, stoppingToken);
                if (stoppingToken.IsCancellationRequested)
                    return;
                if (end is null)
                    slot = await StandByAsync(slot, stoppingToken);
                else
                    await WaitAsync(end, stoppingToken);
            }
        }
        finally
        {
            slot.Dispose();
        }
    }

    // Null: the broker has no shared subscriptions and another replica has the first slot.
    private async Task<string?> ConnectAndRunAsync(ClientSlot slot, CancellationToken stop)
    {
        await using var connection = new MqttConnection(options.Value, processor);
        try
        {
            var session = await connection.ConnectAsync(address.ToClientOptions(options.Value, slot.ClientId), stop);
            if (session.ResultCode != MqttClientConnectResultCode.Success)
                return $"the broker refused the connection: {session.ResultCode} {session.ReasonString}";
            if (!session.SharedSubscriptionAvailable && slot.Number > 0)
                return null;
            var running = connection.RunAsync(stop);        // messages of the session are flowing already
            var filters = FiltersFor(session.SharedSubscriptionAvailable);
            await connection.SubscribeAsync(filters, stop);
            Log.Subscribed(logger, string.Join(", ", filters), address.Display, slot.ClientId, session.IsSessionPresent);
            telemetry.Connected();
            state.Connection = connection;
            state.Ready();
            var end = await running;
            if (connection.HasAcknowledged)
                _delay.Reset();
            if (connection.WasTakenOver)
                Log.SessionTakenOver(logger, slot.ClientId);
            return end;
        }
        catch (Exception failed) when (failed is MqttCommunicationException or InvalidOperationException or TimeoutException)
        {
            return failed.GetBaseException().Message;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return "the broker did not answer in time";
        }
        finally
        {
            state.Connection = null;
        }
    }

    private string[] FiltersFor(bool shared)
    {
        if (shared)
            return decoder.SharedFilters(options.Value.ShareName);
        Log.NoSharedSubscriptions(logger, address.Display);
        return [decoder.Readings.Filter, decoder.Assets.Filter];
    }

    // Without shared subscriptions two subscribers would both get everything: the holder of slot 0 subscribes, the others wait for its lock.
    private async Task<ClientSlot> StandByAsync(ClientSlot slot, CancellationToken stop)
    {
        Log.StandingBy(logger, slot.ClientId);
        state.Ready();
        using var timer = new PeriodicTimer(StandbyInterval);
        while (await timer.WaitForNextTickAsync(stop))
        {
            if (ClientSlot.TryTake(options.Value, address, 0) is not { } first)
                continue;
            slot.Dispose();
            return first;
        }

        return slot;
    }

    private async Task WaitAsync(string reason, CancellationToken stop)
    {
        var delay = _delay.Next();
        state.NotReady($"MQTT {address.Display}: {reason}");
        Log.Disconnected(logger, address.Display, reason, delay);
        await Task.Delay(delay, stop);
    }
}
