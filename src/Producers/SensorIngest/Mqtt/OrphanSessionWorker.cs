using EventSourcing.SensorIngest.Options;
using Microsoft.Extensions.Options;
using MQTTnet;
using MQTTnet.Exceptions;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// Looks after the sessions of replicas that are gone: the broker goes on giving each its share of the messages until somebody takes them.
/// A slot that stays free is adopted: its session gets no new messages, those it has are stored, then it is ended.
/// </summary>
internal sealed class OrphanSessionWorker(
    IOptions<MqttSourceOptions> options, MqttAddress address, MqttMessageDecoder decoder, MqttDeliveryProcessor processor, TimeProvider time,
    ILogger<OrphanSessionWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IdleInterval = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<int, DateTimeOffset> _freeSince = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.ClientId is { Length: > 0 })
            return;                                     // whoever names the clients looks after their sessions
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var number in ClientSlot.FindKnown(options.Value, address))
            {
                using var slot = ClientSlot.TryTake(options.Value, address, number);
                if (slot is null)
                    _freeSince.Remove(number);
                else if (IsOrphan(number) && await TryAdoptAsync(slot, stoppingToken))
                    slot.Delete();
            }
        }
    }

    private bool IsOrphan(int number)
    {
        var now = time.GetUtcNow();
        return _freeSince.TryAdd(number, now) ? options.Value.AdoptAfter == TimeSpan.Zero : now - _freeSince[number] >= options.Value.AdoptAfter;
    }

    // True when the session is empty and ended; false leaves it for another time.
    private async Task<bool> TryAdoptAsync(ClientSlot slot, CancellationToken stop)
    {
        try
        {
            if (!await DrainAsync(slot, stop))
                return false;
            using var last = new MqttClientFactory().CreateMqttClient();
            await last.ConnectAsync(address.ToSessionEnd(options.Value, slot.ClientId), stop);
            await last.DisconnectAsync(new MqttClientDisconnectOptions(), stop);
            return true;
        }
        catch (Exception failed) when (failed is MqttCommunicationException or InvalidOperationException or TimeoutException)
        {
            Log.AdoptionFailed(logger, slot.ClientId, failed.GetBaseException().Message);
            return false;
        }
    }

    private async Task<bool> DrainAsync(ClientSlot slot, CancellationToken stop)
    {
        await using var connection = new MqttConnection(options.Value, processor);
        var session = await connection.ConnectAsync(address.ToClientOptions(options.Value, slot.ClientId), stop);
        if (session.ResultCode != MqttClientConnectResultCode.Success || !session.SharedSubscriptionAvailable)
            return false;
        using var close = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = connection.RunAsync(close.Token);
        if (session.IsSessionPresent)
        {
            Log.Adopted(logger, slot.ClientId);
            await connection.UnsubscribeAsync(decoder.SharedFilters(options.Value.ShareName), stop);
            await IsIdleAsync(connection, running, stop);
        }

        var isDrained = !running.IsCompleted;
        await close.CancelAsync();
        await running;
        return isDrained;
    }

    private async Task IsIdleAsync(MqttConnection connection, Task running, CancellationToken stop)
    {
        var start = time.GetTimestamp();
        using var timer = new PeriodicTimer(IdleInterval, time);
        while (!running.IsCompleted && (connection.Unacknowledged > 0 || time.GetElapsedTime(Math.Max(start, connection.LastReceived)) < IdleTime))
            await timer.WaitForNextTickAsync(stop);
    }
}
