using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Health;

/// <summary>Healthy when a GET on the endpoint answers with the expected status within 10 s.</summary>
internal sealed class HttpEndpointHealthCheck(EndpointReference endpoint, string path, int statusCode, IHttpClientFactory clients) : IHealthCheck
{
    public const string ClientName = "Aspire.Hosting.Health";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!endpoint.IsAllocated)
            return HealthCheckResult.Unhealthy($"The endpoint '{endpoint.EndpointName}' of '{endpoint.Resource.Name}' is not allocated yet.");

        var url = new Uri(new Uri(endpoint.Url), path);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return (int)response.StatusCode == statusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{url} answered {(int)response.StatusCode}, expected {statusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"{url} does not answer: {e.Message}", e);
        }
    }
}
