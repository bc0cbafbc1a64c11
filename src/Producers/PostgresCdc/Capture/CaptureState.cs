using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>
/// What the capture is doing. Healthy while it streams, takes its first snapshot, or stands by; Degraded while the server is away after that, and while a lost
/// slot is made good by a new snapshot; Unhealthy before the first connection.
/// </summary>
internal sealed class CaptureState : IHealthCheck
{
    private volatile Phase _phase = new(HealthStatus.Unhealthy, "not connected yet");
    private volatile bool _wasReady;
    private long _lag;
    private long _retained;

    /// <summary>Log behind the confirmed position, bytes.</summary>
    public long LagBytes => Volatile.Read(ref _lag);

    /// <summary>Log that the server keeps for the slot, bytes.</summary>
    public long RetainedBytes => Volatile.Read(ref _retained);

    /// <summary>Changes published and not receipted.</summary>
    public Func<int> WindowUsage { get; set; } = static () => 0;

    /// <summary>What it does now.</summary>
    public string Description => _phase.Text;

    /// <summary>Changes flow.</summary>
    public void Streaming() => Ready(new(HealthStatus.Healthy, "streaming"));

    /// <summary>Another instance has the slot.</summary>
    public void Standby() => Ready(new(HealthStatus.Healthy, "standby: another instance holds the slot"));

    /// <summary>Rows are read; <paramref name="loss"/> says why once more.</summary>
    public void Snapshotting(string? loss) =>
        Ready(loss is null ? new(HealthStatus.Healthy, "snapshot") : new(HealthStatus.Degraded, $"new snapshot: {loss}"));

    /// <summary>The session has ended, and why.</summary>
    public void Disconnected(string problem) => _phase = new(_wasReady ? HealthStatus.Degraded : HealthStatus.Unhealthy, problem);

    /// <summary>The slot's figures.</summary>
    public void Slot(long lag, long retained)
    {
        Volatile.Write(ref _lag, lag);
        Volatile.Write(ref _retained, retained);
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var phase = _phase;
        return Task.FromResult(new HealthCheckResult(phase.Status, phase.Text));
    }

    private void Ready(Phase phase) => (_phase, _wasReady) = (phase, true);

    private sealed record Phase(HealthStatus Status, string Text);
}
