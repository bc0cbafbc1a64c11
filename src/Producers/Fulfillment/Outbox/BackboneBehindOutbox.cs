using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.Outbox;

/// <summary>Without Kafka this service goes on: what the backbone calls unhealthy is degraded here. When too much waits, its own check says so.</summary>
internal sealed class BackboneBehindOutbox : IPostConfigureOptions<HealthCheckServiceOptions>
{
    private const string Backbone = "backbone";

    public void PostConfigure(string? name, HealthCheckServiceOptions options)
    {
        foreach (var registration in options.Registrations.Where(own => own.Name == Backbone))
        {
            var create = registration.Factory;
            registration.Factory = services => new Softened(create(services));
        }
    }

    private sealed class Softened(IHealthCheck backbone) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var result = await backbone.CheckHealthAsync(context, cancellationToken);
            return result.Status == HealthStatus.Unhealthy
                ? HealthCheckResult.Degraded($"{result.Description}; events wait in the outbox", result.Exception, result.Data)
                : result;
        }
    }
}
