using EventSourcing.Orders.Options;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Outbox;

/// <summary>Ready while commands are taken: the database can be written and the outbox has room; degraded while the relay lags.</summary>
internal sealed class OutboxHealthCheck(OutboxState state, IOptions<OutboxOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Look());

    private HealthCheckResult Look()
    {
        var unit = options.Value.Kind == OutboxKind.Table ? "events" : "bytes of WAL";
        var backlog = $"{state.Backlog} {unit} wait, {state.Lag.TotalSeconds:0.0} s";
        if (state.IsSlotLost)
            return HealthCheckResult.Unhealthy($"refuses: the replication slot {options.Value.SlotName} is lost");
        if (state.FindRefusal() is { } refusal)
            return HealthCheckResult.Unhealthy($"refuses: {refusal.Detail} {state.Failure}; {backlog}");
        return state.Lag > options.Value.MaxLag ? HealthCheckResult.Degraded($"the relay lags: {backlog}") : HealthCheckResult.Healthy(backlog);
    }
}
