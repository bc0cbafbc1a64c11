using EventSourcing.SensorIngest.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>Takes this replica's lanes and keeps each one subscribed until the stop.</summary>
internal sealed class MqttSourceWorker(
    IOptions<MqttSourceOptions> options, MqttAddress address, LaneSubscriber subscriber, MqttSourceState state, TimeProvider time,
    ILogger<MqttSourceWorker> logger) : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var chooser = new LaneChooser(options.Value, lane => Lane.TryTake(options.Value, address, lane), time);
        var running = new List<Task>();
        using var timer = new PeriodicTimer(LookInterval);
        do
        {
            foreach (var lane in chooser.Take())
            {
                Log.LaneTaken(logger, lane.Number, lane.ClientId);
                running.Add(KeepAsync(lane, stoppingToken));
            }

            state.Looked();
            if (running.FirstOrDefault(static lane => lane.IsFaulted) is { } failed)
                await failed;
        }
        while (!stoppingToken.IsCancellationRequested && await TickAsync(timer, stoppingToken));

        await Task.WhenAll(running);
    }

    private async Task KeepAsync(Lane lane, CancellationToken stop)
    {
        state.Disconnected(lane.Number, "not connected yet");
        using (lane)
            await subscriber.RunAsync(lane, stop);
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false; // the stop: lanes drain next
        }
    }
}
