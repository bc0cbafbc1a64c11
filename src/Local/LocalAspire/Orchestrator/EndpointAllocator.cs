using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Gives every endpoint its address, before any process starts: DCP opens the proxies and says their ports.</summary>
internal sealed class EndpointAllocator(DcpOptions options, ILogger<EndpointAllocator> logger)
{
    private const string Kind = "services";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private sealed record Pending(IResource Resource, EndpointAnnotation Endpoint, string ServiceName, int? Port);

    /// <exception cref="DistributedApplicationException">A port is taken; the message names it, the endpoint and the resource.</exception>
    public async Task AllocateAsync(DcpClient client, IEnumerable<IResource> resources, CancellationToken stop)
    {
        var pending = resources
            .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => Prepare(resource, endpoint)))
            .ToDictionary(p => p.ServiceName);
        foreach (var p in pending.Values)
            await client.CreateAsync(Kind, DcpObjects.Service(p.ServiceName, p.Resource.Name, p.Endpoint.Name, p.Port, p.Endpoint.IsProxied), stop);
        TakeOwnAddresses(pending);

        if (!await Poll.UntilAsync(() => TakeAllocatedAsync(client, pending, stop), options.PortTimeout, PollInterval, stop))
            throw Unavailable(pending.Values.First(), $"got no address from the orchestrator within {options.PortTimeout.TotalSeconds:0} s");
    }

    private Pending Prepare(IResource resource, EndpointAnnotation endpoint)
    {
        if (resource.GetReplicaCount() > 1 && (!endpoint.IsProxied || endpoint.TargetPort is not null))
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}' has replicas, so its endpoint '{endpoint.Name}' can have neither a fixed target port nor go without the proxy.");

        var port = endpoint.IsProxied && options.RandomizePorts ? null : endpoint.Port;
        var pending = new Pending(resource, endpoint, $"{resource.Name}-{endpoint.Name}".ToLowerInvariant(), port);
        if (port is null && !endpoint.IsProxied)
            throw new DistributedApplicationException($"The endpoint '{endpoint.Name}' of '{resource.Name}' has no proxy, so it needs a fixed port.");
        return port is { } p && LoopbackPort.IsTaken(p) ? WithoutPort(pending) : pending;
    }

    /// <summary>The dashboard can do with another port; whoever calls a service could not know it.</summary>
    private Pending WithoutPort(Pending pending)
    {
        if (pending.Resource.Name != DashboardKeys.ResourceName)
            throw Unavailable(pending, "is in use by another process");
        AllocatorLog.DashboardPortTaken(logger, pending.Port!.Value, pending.Endpoint.Name);
        return pending with { Port = null };
    }

    private static DistributedApplicationException Unavailable(Pending pending, string reason) => new(
        $"Port {(pending.Port is { } port ? $"{port} " : "")}of endpoint '{pending.Endpoint.Name}' of resource '{pending.Resource.Name}' {reason}. " +
        "End that process, or give the endpoint another port (launchSettings.json or WithEndpoint).");

    /// <summary>Without a proxy the process listens where the endpoint says; DCP has nothing to add, and says so only once the process runs.</summary>
    private static void TakeOwnAddresses(Dictionary<string, Pending> pending)
    {
        foreach (var p in pending.Values.Where(p => !p.Endpoint.IsProxied).ToList())
        {
            p.Endpoint.Allocate(new AllocatedEndpoint(p.Endpoint, "localhost", p.Port!.Value, TargetPort(p), p.ServiceName));
            pending.Remove(p.ServiceName);
        }
    }

    private static async Task<bool> TakeAllocatedAsync(DcpClient client, Dictionary<string, Pending> pending, CancellationToken stop)
    {
        if (pending.Count == 0)
            return true;

        var list = await client.ListAsync(Kind, stop);
        foreach (var service in list.GetProperty("items").EnumerateArray())
        {
            var name = service.GetProperty("metadata").GetProperty("name").GetString()!;
            if (pending.TryGetValue(name, out var p) && EffectivePort(service) is { } port)
            {
                p.Endpoint.Allocate(new AllocatedEndpoint(p.Endpoint, "localhost", port, TargetPort(p), p.ServiceName));
                pending.Remove(name);
            }
        }

        return pending.Count == 0;
    }

    /// <summary>A fixed target port is the process's port; else each process has one of its own, and DCP fills in the template.</summary>
    private static string TargetPort(Pending pending) =>
        pending.Endpoint.TargetPort?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? TemplateText.PortForServing(pending.ServiceName);

    private static int? EffectivePort(JsonElement service) =>
        service.TryGetProperty("status", out var status) && status.TryGetProperty("effectivePort", out var port) && port.GetInt32() > 0 ? port.GetInt32() : null;
}

internal static partial class AllocatorLog
{
    [LoggerMessage(9010, LogLevel.Warning, "Port {Port} of the dashboard's endpoint '{Endpoint}' is in use by another process; it gets a free one.")]
    public static partial void DashboardPortTaken(ILogger logger, int port, string endpoint);
}
