using EventSourcing.Fulfillment.Options;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.State;

/// <summary>Ready while the database can be used; degraded while a bound is reached or the relay lags.</summary>
internal sealed class FulfillmentHealthCheck(ServiceState state, IOptions<OutboxOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var text = $"{state.Running} instances run, {state.Waiting} steps wait, {state.Lag.TotalSeconds:0.0} s";
        return Task.FromResult(
            state.Failure is { } failure ? HealthCheckResult.Unhealthy($"database away: {failure}")
            : state.IsFull || state.Lag > options.Value.MaxLag ? HealthCheckResult.Degraded(text)
            : HealthCheckResult.Healthy(text));
    }
}
