using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using EventSourcing.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>The whole topology on one kind of backbone, started once for all scenarios of a class, dashboard included.</summary>
public abstract class Topology(string backbone) : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(4);
    private DistributedApplication? _app;
    private ResourceControl? _resources;
    private bool _hasStarted;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The topology has not started.");

    public ResourceControl Resources => _resources ?? throw new InvalidOperationException("The topology has not started.");

    public LedgerProbe Ledger => new(App);

    public TelemetryProbe Telemetry => new(App);

    /// <summary>False leaves the topology unstarted; its test class skips every test with the reason.</summary>
    protected virtual bool CanStart => true;

    /// <summary>Further arguments of the AppHost.</summary>
    protected virtual IEnumerable<string> Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        if (!CanStart)
            return;
        using var patience = new CancellationTokenSource(StartTimeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.EventSourcing_AppHost>(
            Arguments(), (options, _) => options.DisableDashboard = false, patience.Token);
        _app = await builder.BuildAsync(patience.Token);
        _resources = new ResourceControl(App);
        await App.StartAsync(patience.Token);
        foreach (var resource in (string[])["kafka", "mqtt", "mq", "postgres", "ledger", .. ResourceControl.Services, .. ResourceControl.Simulators])
            await HealthyAsync(resource, patience.Token);
        _hasStarted = true;
    }

    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(StopTimeout);
            if (_hasStarted)
            {
                await Resources.StopSimulatorsAsync(patience.Token);     // else the services end with a load that they cannot store any more
                await Ledger.SettledAsync(patience.Token);
            }
        }
        finally
        {
            if (_app is not null)
                await _app.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    public async Task<string> KafkaAsync(CancellationToken stop) =>
        await App.GetConnectionStringAsync("kafka", stop) ?? throw new InvalidOperationException("The backbone has no connection string.");

    private async Task HealthyAsync(string resource, CancellationToken stop)
    {
        try
        {
            await App.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.StopOnResourceUnavailable, stop);
        }
        catch (Exception failed) when (failed is DistributedApplicationException or OperationCanceledException)
        {
            throw new InvalidOperationException($"'{resource}' is not healthy: {failed.Message}\n{await LogAsync(resource)}", failed);
        }
    }

    // What the resource wrote so far, and what the orchestrator wrote about it.
    private async Task<string> LogAsync(string resource)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var model = App.Services.GetRequiredService<DistributedApplicationModel>();
        var logs = App.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(model.Resources.Single(own => own.Name == resource));
        try
        {
            await foreach (var lines in logs.WithCancellation(patience.Token))
                return string.Join('\n', lines.TakeLast(20).Select(line => line.Content));
        }
        catch (OperationCanceledException)
        {
            // It wrote nothing.
        }

        return "(no log)";
    }

    private string[] Arguments() =>
    [
        $"--Backbone={backbone}",
        $"--ASPNETCORE_URLS=http://127.0.0.1:{FreePort.Next()}",
        $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:{FreePort.Next()}",
        "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true",
        "--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true",
        "--ASPIRE_DASHBOARD_API_ENABLED=true",
        .. Settings,
    ];
}
