using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.AppHost.Running;

/// <summary>Healthy while a server accepts connections on its loopback port; only for endpoints without a proxy, which always accepts.</summary>
internal sealed class TcpHealthCheck(int port) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (SocketException error)
        {
            return HealthCheckResult.Unhealthy($"Nothing accepts on 127.0.0.1:{port}: {error.Message}");
        }
    }
}

internal static class TcpHealthCheckExtensions
{
    public static IResourceBuilder<T> WithTcpHealthCheck<T>(this IResourceBuilder<T> resource, int port)
        where T : IResource
    {
        var key = $"{resource.Resource.Name}_tcp_check";
        resource.ApplicationBuilder.Services.AddHealthChecks()
            .Add(new HealthCheckRegistration(key, _ => new TcpHealthCheck(port), HealthStatus.Unhealthy, tags: null));
        return resource.WithHealthCheck(key);
    }
}
