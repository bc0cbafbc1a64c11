using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// Whether the source takes messages. Unhealthy until it first did; later a lost connection degrades the service, which still takes HTTP.
/// </summary>
internal sealed class MqttSourceState : IHealthCheck
{
    private volatile string? _problem = "not connected yet";
    private volatile bool _wasReady;

    /// <summary>The connection in use; null between connections.</summary>
    public MqttConnection? Connection { get; set; }

    /// <summary>Subscribed, or standing by for a replica that is.</summary>
    public void Ready() => (_problem, _wasReady) = (null, true);

    /// <summary>Not connected, and why.</summary>
    public void NotReady(string problem) => _problem = problem;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_problem switch
        {
            null => HealthCheckResult.Healthy(),
            var problem when _wasReady => HealthCheckResult.Degraded(problem),
            var problem => HealthCheckResult.Unhealthy(problem),
        });
}
