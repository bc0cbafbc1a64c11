using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One sentence about what a resource instance is doing, and why it is not further.</summary>
internal static class StateReport
{
    public static string Of(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var text = $"{change.ResourceId} is {snapshot.State?.Text ?? "not started"}";
        if (snapshot.ExitCode is { } code)
            text += $" with exit code {code}";
        if (snapshot.State?.Text == KnownResourceStates.Waiting)
            text += $" for {string.Join(", ", change.Resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource.Name))}";
        var unhealthy = snapshot.HealthReports.Where(r => r.Status != HealthStatus.Healthy).ToList();
        if (snapshot.State?.Text == KnownResourceStates.Running && unhealthy.Count > 0)
            text += $", not healthy: {string.Join("; ", unhealthy.Select(r => $"{r.Name}: {r.Description ?? "no result yet"}"))}";
        return text + ".";
    }
}
