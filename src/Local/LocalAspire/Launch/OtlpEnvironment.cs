using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Launch;

/// <summary>The variables that send a process's telemetry to the dashboard.</summary>
internal static class OtlpEnvironment
{
    public static void AddTo<T>(IResourceBuilder<T> resource)
        where T : IResourceWithEnvironment
    {
        var builder = resource.ApplicationBuilder;
        resource.WithEnvironment(context =>
        {
            SetExporter(context, builder);
            if (builder.Environment.IsDevelopment())
                SetDevelopment(context);
        });
    }

    private static void SetExporter(EnvironmentCallbackContext context, IDistributedApplicationBuilder builder)
    {
        var variables = context.EnvironmentVariables;
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint(builder);
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        variables["OTEL_SERVICE_NAME"] = context.Resource.Name;
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        if (builder.Configuration[DashboardKeys.OtlpApiKey] is { Length: > 0 } key)
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
    }

    private static object Endpoint(IDistributedApplicationBuilder builder)
    {
        if (builder.Resources.TryGetByName(DashboardKeys.ResourceName, out var dashboard))
            return ((IResourceWithEndpoints)dashboard).GetEndpoint(DashboardKeys.OtlpGrpcEndpoint);
        return builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] ?? "http://localhost:18889";
    }

    private static void SetDevelopment(EnvironmentCallbackContext context)
    {
        var variables = context.EnvironmentVariables;
        variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
        variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
        variables["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true";
        variables["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true";
    }
}
