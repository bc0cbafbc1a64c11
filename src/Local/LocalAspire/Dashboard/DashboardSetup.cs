using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Adds Aspire's dashboard to the application: a hidden executable, first in the model.</summary>
internal static class DashboardSetup
{
    private const int Ok = 200;

    public static void AddTo(DistributedApplicationBuilder builder)
    {
        DashboardKeys.Create(builder.Configuration);
        builder.Services.AddSingleton<ResourceServiceHost>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ResourceServiceHost>());
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(DashboardKeys.HealthCheck, CreateHealthCheck, null, null));
        builder.Eventing.Subscribe<BeforeStartEvent>((e, _) =>
        {
            e.Model.Resources.Insert(0, CreateResource(builder, e.Services).Resource);
            return Task.CompletedTask;
        });
    }

    private static HttpEndpointHealthCheck CreateHealthCheck(IServiceProvider services)
    {
        services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(DashboardKeys.ResourceName, out var dashboard);
        var endpoint = ((IResourceWithEndpoints)dashboard!).GetEndpoint(DashboardKeys.HttpEndpoint);
        return new HttpEndpointHealthCheck(endpoint, "/login", Ok, services.GetRequiredService<IHttpClientFactory>());
    }

    private static IResourceBuilder<ExecutableResource> CreateResource(DistributedApplicationBuilder builder, IServiceProvider services)
    {
        var path = services.GetRequiredService<DcpOptions>().DashboardPath;
        var resource = new ExecutableResource(DashboardKeys.ResourceName, path, Path.GetDirectoryName(path)!);
        resource.Annotations.Add(new ExcludeLifecycleCommandsAnnotation());
        resource.Annotations.Add(new ResourceSnapshotAnnotation(new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], IsHidden = true }));
        resource.Annotations.Add(new HealthCheckAnnotation(DashboardKeys.HealthCheck));
        AddEndpoints(resource, builder.Configuration);
        return builder.CreateResourceBuilder(resource)
            .WithArgs("dashboard")
            .WithEnvironment(context => DashboardEnvironment.Set(context, builder.Configuration, services))
            .OnResourceReady((dashboard, _, _) => AnnounceAsync(dashboard, services));
    }

    private static void AddEndpoints(ExecutableResource dashboard, ConfigurationManager configuration)
    {
        var frontend = (configuration["ASPNETCORE_URLS"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
        dashboard.Annotations.Add(Endpoint(DashboardKeys.HttpEndpoint, frontend, "http"));
        dashboard.Annotations.Add(Endpoint(DashboardKeys.OtlpGrpcEndpoint, configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"], "http2"));
        if (configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] is { Length: > 0 } otlpHttp)
            dashboard.Annotations.Add(Endpoint(DashboardKeys.OtlpHttpEndpoint, otlpHttp, "http"));
    }

    private static EndpointAnnotation Endpoint(string name, string? url, string transport) =>
        new(ProtocolType.Tcp, "http", transport, name, port: string.IsNullOrEmpty(url) ? null : BindingAddress.Parse(url).Port);

    private static async Task AnnounceAsync(ExecutableResource dashboard, IServiceProvider services)
    {
        var url = await dashboard.GetEndpoint(DashboardKeys.HttpEndpoint).GetValueAsync();
        var logger = services.GetRequiredService<ILogger<DistributedApplication>>();
        DashboardLog.Listening(logger, url!);
        if (services.GetRequiredService<IConfiguration>()[DashboardKeys.BrowserToken] is { Length: > 0 } token)
            DashboardLog.Login(logger, $"{url}/login?t={token}");
    }
}
