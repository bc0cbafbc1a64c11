using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.Ledger;

/// <summary>Ready once the topics have been looked at; unhealthy when the last look is long ago.</summary>
internal sealed class BrokerHealthCheck(PartitionWatcher watcher, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan LongAgo = TimeSpan.FromSeconds(20);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(watcher.LastLook switch
        {
            null => HealthCheckResult.Unhealthy("No broker has answered yet."),
            { } last when time.GetUtcNow() - last > LongAgo => HealthCheckResult.Unhealthy($"No broker has answered since {last:O}."),
            _ => HealthCheckResult.Healthy(),
        });
}
