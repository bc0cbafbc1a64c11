using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Health;

internal static class HealthChecksAreRegistered
{
    /// <exception cref="DistributedApplicationException">A resource names a health check that was not registered.</exception>
    public static void Check(IServiceProvider services, IResourceCollection resources)
    {
        var registered = services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            foreach (var check in resource.Annotations.OfType<HealthCheckAnnotation>().Where(check => !registered.Contains(check.Key)))
                throw new DistributedApplicationException(
                    $"A health check registration is missing: resource '{resource.Name}' names '{check.Key}', which builder.Services.AddHealthChecks() does not have.");
        }
    }
}
