using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>Stops, starts and kills resources of a running topology.</summary>
public sealed class ResourceControl(DistributedApplication app)
{
    public static readonly string[] Services =
        ["web-events", "sensor-ingest", "mobile-bff", "mq-adapter", "social-feed", "orders", "fulfillment", "postgres-cdc"];

    public static readonly string[] Simulators = ["pump-simulator", "storefront", "phones", "text-producer", "till", "firehose", "shoppers", "warehouse"];

    private ResourceCommandService Commands => app.Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Ends one instance of a resource as a power cut would.</summary>
    /// <returns>The instance.</returns>
    public async Task<string> KillAsync(string resource, CancellationToken stop)
    {
        var instance = await app.ResourceNotifications.WaitForResourceAsync(resource, e => ProcessId(e.Snapshot) is not null && IsRunning(e.Snapshot), stop);
        using (var process = Process.GetProcessById(ProcessId(instance.Snapshot)!.Value))
            process.Kill(entireProcessTree: true);
        await app.ResourceNotifications.WaitForResourceAsync(resource, e => e.ResourceId == instance.ResourceId && !IsRunning(e.Snapshot), stop);
        return instance.ResourceId;
    }

    /// <summary>Asks one instance of a resource to end (SIGTERM), waits until it has, and checks that it ended well.</summary>
    /// <returns>The instance.</returns>
    public async Task<string> StopOneAsync(string resource, CancellationToken stop)
    {
        var instance = await app.ResourceNotifications.WaitForResourceAsync(resource, e => IsRunning(e.Snapshot), stop);
        await ExecuteAsync(instance.ResourceId, "stop", stop);
        var ended = await app.ResourceNotifications.WaitForResourceAsync(resource, e => e.ResourceId == instance.ResourceId && !IsRunning(e.Snapshot), stop);
        Assert.Equal(0, ended.Snapshot.ExitCode);
        return instance.ResourceId;
    }

    /// <summary>Starts an instance again. Does not wait for it.</summary>
    public Task StartAsync(string instance, CancellationToken stop) => ExecuteAsync(instance, "start", stop);

    /// <summary>Waits until the whole resource is healthy.</summary>
    public Task HealthyAsync(string resource, CancellationToken stop) => app.ResourceNotifications.WaitForResourceHealthyAsync(resource, stop);

    /// <summary>Starts an instance again and waits until the whole resource is healthy.</summary>
    public async Task StartAgainAsync(string resource, string instance, CancellationToken stop)
    {
        await StartAsync(instance, stop);
        await HealthyAsync(resource, stop);
    }

    /// <summary>Stops the simulators and waits until they have ended.</summary>
    public Task StopSimulatorsAsync(CancellationToken stop) => Task.WhenAll(Simulators.Select(async simulator =>
    {
        var instance = await app.ResourceNotifications.WaitForResourceAsync(simulator, _ => true, stop);
        if (IsRunning(instance.Snapshot))
            await ExecuteAsync(instance.ResourceId, "stop", stop);
        await app.ResourceNotifications.WaitForResourceAsync(simulator, e => !IsRunning(e.Snapshot), stop);
    }));

    private async Task ExecuteAsync(string resourceId, string command, CancellationToken stop)
    {
        var result = await Commands.ExecuteCommandAsync(resourceId, command, stop);
        Assert.True(result.Success, $"{command} {resourceId}: {result.Message}");
    }

    private static bool IsRunning(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.Running;

    private static int? ProcessId(CustomResourceSnapshot snapshot) =>
        snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } id
            ? Convert.ToInt32(id, CultureInfo.InvariantCulture)
            : null;
}
