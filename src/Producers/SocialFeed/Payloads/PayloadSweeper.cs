using EventSourcing.SocialFeed.Options;
using EventSourcing.SocialFeed.Telemetry;
using EventSourcing.SocialFeed.Webhooks;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Payloads;

/// <summary>Deletes expired payloads, those whose event never came to be included.</summary>
internal sealed class PayloadSweeper(
    PayloadStore store, WebhookBudget bodies, IOptions<PayloadOptions> options, SocialFeedTelemetry telemetry, TimeProvider time,
    ILogger<PayloadSweeper> logger) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        telemetry.Observe(() => store.Count, () => store.UsedBytes, () => bodies.BodyBytes);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);
        try
        {
            do
                Sweep();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private void Sweep()
    {
        try
        {
            var deleted = store.Sweep();
            telemetry.PayloadsExpired(deleted);
            if (deleted > 0)
                Log.PayloadsExpired(logger, deleted, store.Count);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            Log.SweepFailed(logger, failed);
        }
    }
}
