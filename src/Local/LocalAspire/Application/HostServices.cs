using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Health;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>The services of every AppHost.</summary>
internal static class HostServices
{
    public static void Add(DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        AddLogging(builder.Services);
        AddModel(builder, options);
        AddOrchestrator(builder);
        if (options.EnableResourceLogging)
            builder.Services.AddHostedService<ResourceLogForwarder>();
    }

    /// <summary>Quiet by default about what the AppHost does all the time; a logging section in the configuration overrides it.</summary>
    private static void AddLogging(IServiceCollection services) => services.Configure<LoggerFilterOptions>(filters =>
    {
        filters.Rules.Insert(0, new LoggerFilterRule(null, "Microsoft.Hosting.Lifetime", LogLevel.Warning, null));
        filters.Rules.Insert(0, new LoggerFilterRule(null, "Microsoft.AspNetCore", LogLevel.Warning, null));
        filters.Rules.Insert(0, new LoggerFilterRule(null, "Grpc", LogLevel.Warning, null));
        filters.Rules.Insert(0, new LoggerFilterRule(null, "System.Net.Http.HttpClient", LogLevel.Warning, null));
        filters.Rules.Insert(0, new LoggerFilterRule(null, "Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None, null));
    });

    private static void AddModel(DistributedApplicationBuilder builder, DistributedApplicationOptions options)
    {
        var services = builder.Services;
        services.AddHealthChecks();
        services.AddHttpClient();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(builder.Eventing);
        services.AddSingleton(builder.ExecutionContext);
        services.AddSingleton(new DistributedApplicationModel(builder.Resources));
        services.AddSingleton(_ => new ResourceLoggerService());
        services.AddSingleton(provider => new ResourceNotificationService(
            provider, options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable));
        services.AddSingleton(provider => new ResourceCommandService(
            provider.GetRequiredService<DistributedApplicationModel>(), provider.GetRequiredService<ResourceLoggerService>(), provider));
    }

    private static void AddOrchestrator(DistributedApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => DcpOptions.From(provider.GetRequiredService<IConfiguration>(), builder.AppHostAssembly));
        services.AddSingleton<InstanceRegistry>();
        services.AddSingleton<EndpointAllocator>();
        services.AddSingleton<ProcessPorts>();
        services.AddSingleton<ProcessSpecBuilder>();
        services.AddSingleton<ProcessSnapshots>();
        services.AddSingleton<ProcessRunner>();
        services.AddSingleton<ProcessWatcher>();
        services.AddSingleton<ResourceStarter>();
        services.AddSingleton<LifecycleCommands>();
        services.AddSingleton<FailurePolicy>();
        services.AddSingleton<ApplicationOrchestrator>();
        services.AddSingleton<ApplicationRun>();
        services.AddHostedService<ResourceHealthMonitor>();
    }
}
