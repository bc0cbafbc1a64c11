using EventSourcing.EventBackbone.Publishing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.EventBackbone.Health;

/// <summary>
/// Ready while events can be stored or spooled: healthy while the backbone answers and no route spools, degraded while every route that
/// cannot store can spool, unhealthy (or what the registration says) when a route has to refuse.
/// </summary>
internal sealed class BackboneHealthCheck(BackboneRuntime runtime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var routes = runtime.Channels.Select(channel => Describe(channel, context.Registration.FailureStatus)).ToArray();
        var description = string.Join("; ", routes.Select(route => route.Text).Prepend(Backbone()));
        var status = routes.Length == 0 ? HealthStatus.Healthy : routes.Min(route => route.Status);
        return Task.FromResult(new HealthCheckResult(
            status, description, data: routes.ToDictionary(route => route.Name, route => (object)route.Text)));
    }

    private string Backbone() => runtime.Monitor.Failure is { } failure ? $"backbone unreachable ({failure})" : "backbone reachable";

    private (string Name, HealthStatus Status, string Text) Describe(RouteChannel channel, HealthStatus refusing)
    {
        var books = channel.GetStatistics();
        var reachable = runtime.Monitor.IsReachable;
        if (channel.Failure is { } failure)
            return (books.Route, refusing, $"{books.Route}: refuses, {failure}");
        if (!channel.Settings.UsesSpool)
            return reachable
                ? (books.Route, HealthStatus.Healthy, $"{books.Route}: stores")
                : (books.Route, refusing, $"{books.Route}: refuses, it has no spool");
        if (books.SpooledBytes + channel.Profile.MaxEventBytes > channel.Profile.SpoolBytes)
            return (books.Route, refusing, $"{books.Route}: refuses, its spool is full ({books.SpooledBytes} bytes)");
        return reachable && (!books.IsSpooling || channel.Profile.Receipt == ReceiptLevel.Spooled)
            ? (books.Route, HealthStatus.Healthy, $"{books.Route}: stores")
            : (books.Route, HealthStatus.Degraded, $"{books.Route}: spools, {books.Spooled} events ({books.SpooledBytes} bytes) on disk");
    }
}
