namespace EventSourcing.AppHost.Running;

/// <summary>How much telemetry the projects send.</summary>
public static class TelemetryExtensions
{
    private const string MetricIntervalMilliseconds = "10000";

    /// <summary>
    /// Aspire records every span and sends metrics every second. Here every event would be a trace; so a service records what its caller records, and what comes without a trace, and
    /// simulators trace one event of a hundred.
    /// </summary>
    public static void TraceWhatCallersTrace(this IDistributedApplicationBuilder builder)
    {
        foreach (var project in builder.Resources.OfType<ProjectResource>().Select(builder.CreateResourceBuilder))
        {
            project.WithEnvironment("OTEL_TRACES_SAMPLER", "parentbased_always_on")
                .WithEnvironment("OTEL_METRIC_EXPORT_INTERVAL", MetricIntervalMilliseconds);
        }
    }
}
