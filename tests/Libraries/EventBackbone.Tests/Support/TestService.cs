using EventSourcing.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>A service that uses the backbone, with a spool folder of its own.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly TempFolder? _ownFolder;
    private bool _stopped;

    private TestService(IHost host, TempFolder? ownFolder)
    {
        Host = host;
        _ownFolder = ownFolder;
    }

    public IHost Host { get; }
    public EventPublisher Publisher => Host.Services.GetRequiredService<EventPublisher>();

    public RouteStatistics Books(Route route) => Publisher.GetStatistics().Single(books => books.Route == route.Name);

    public static async Task<TestService> StartAsync(
        string bootstrapServers, Route[] routes, Dictionary<string, string?>? settings = null, string? spoolFolder = null,
        Action<IHostApplicationBuilder>? configure = null)
    {
        var own = spoolFolder is null ? new TempFolder("spool") : null;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "test-service" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = bootstrapServers,
            ["Backbone:SpoolDirectory"] = spoolFolder ?? own!.Path,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        if (Environment.GetEnvironmentVariable("BACKBONE_TEST_LOG") is { } level)
            builder.Logging.AddSimpleConsole(console => console.TimestampFormat = "HH:mm:ss.fff ").SetMinimumLevel(Enum.Parse<LogLevel>(level));
        builder.AddEventBackbone("kafka", routes);
        configure?.Invoke(builder);
        var service = new TestService(builder.Build(), own);
        await service.Host.StartAsync(TestContext.Current.CancellationToken);
        var monitor = service.Host.Services.GetRequiredService<BackboneRuntime>().Monitor;
        if (settings?.ContainsKey("Backbone:TopicTimeout") != true)   // set by tests that start without a broker
            await Eventually.TrueAsync(() => monitor.IsReachable, "the backbone is reachable", stop: TestContext.Current.CancellationToken);
        return service;
    }

    /// <summary>What the health check says of all routes.</summary>
    public async Task<string> HealthAsync()
    {
        var report = await Host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return report.Entries["backbone"].Description!;
    }

    public Task StopAsync()
    {
        _stopped = true;
        return Host.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
            await StopAsync();
        await ((IAsyncDisposable)Host).DisposeAsync();
        _ownFolder?.Dispose();
    }
}
