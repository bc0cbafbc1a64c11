using EventSourcing.Fulfillment.Options;
using EventSourcing.Fulfillment.State;
using EventSourcing.Fulfillment.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.Workers;

/// <summary>Takes instances that are due further, several transactions at a time. A transaction that fails is rolled back and done again by whoever comes first.</summary>
internal sealed class ProcessWorker(
    InstanceStore store, ServiceState state, FulfillmentTelemetry telemetry, IOptions<ProcessOptions> options, TimeProvider time, ILogger<ProcessWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.WhenReadyAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => WorkAsync(stoppingToken)));
    }

    private async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var count = state.IsOutboxFull ? 0 : await AdvanceAsync(stop);
            state.Added(count);
            telemetry.Advanced(count);
            if (count < options.Value.BatchInstances)
                await Task.Delay(options.Value.PollInterval, time, stop);
        }
    }

    private async Task<int> AdvanceAsync(CancellationToken stop)
    {
        try
        {
            return await store.AdvanceAsync(stop);
        }
        catch (Exception failure) when (Database.IsAway(failure))
        {
            Log.WorkerInterrupted(logger, failure.Message);
            return 0;
        }
    }
}
