using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// Whether the source takes messages on all its lanes. Unhealthy until it first did; later a lost connection degrades the service, which
/// still takes HTTP. A replica without a lane stands by and is healthy.
/// </summary>
internal sealed class MqttSourceState : IHealthCheck
{
    private readonly ConcurrentDictionary<int, (MqttConnection? Connection, string? Problem)> _lanes = new();
    private volatile bool _looked;
    private volatile bool _wasReady;

    /// <summary>The connections in use, one per lane.</summary>
    public IEnumerable<MqttConnection> Connections => _lanes.Values.Select(static lane => lane.Connection).OfType<MqttConnection>();

    /// <summary>The replica has looked which lanes are its own.</summary>
    public void Looked() => _looked = true;

    /// <summary>The lane is subscribed.</summary>
    public void Connected(int lane, MqttConnection connection) => _lanes[lane] = (connection, null);

    /// <summary>The lane is held but not subscribed, and why.</summary>
    public void Disconnected(int lane, string problem) => _lanes[lane] = (null, problem);

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problem = _looked ? _lanes.Values.Select(static lane => lane.Problem).FirstOrDefault(static problem => problem is not null) : "no lane taken yet";
        if (problem is null)
        {
            _wasReady = true;
            return Task.FromResult(HealthCheckResult.Healthy());
        }

        return Task.FromResult(_wasReady ? HealthCheckResult.Degraded(problem) : HealthCheckResult.Unhealthy(problem));
    }
}
