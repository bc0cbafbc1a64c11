using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.MqAdapter.Mq;

/// <summary>Whether all queues are being received from. Unhealthy until they first are, Degraded while the connection is lost: its messages wait in the queue.</summary>
internal sealed class MqSourceState : IHealthCheck
{
    private volatile MqConnection? _connection;
    private volatile string? _problem = "not connected yet";
    private volatile bool _wasReady;

    /// <summary>Messages received and not settled, count.</summary>
    public int Unsettled => _connection?.Unsettled ?? 0;

    /// <summary>Every link is attached.</summary>
    public void Connected(MqConnection connection) => (_connection, _problem, _wasReady) = (connection, null, true);

    /// <summary>The connection is gone, and why.</summary>
    public void Disconnected(string problem) => (_connection, _problem) = (null, problem);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        _problem is not { } problem ? HealthCheckResult.Healthy()
        : _wasReady ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Unhealthy(problem));
}
