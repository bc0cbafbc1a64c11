using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const int Ok = 200;

    /// <summary>Takes the resource's health from a health check that is registered in the AppHost's services.</summary>
    /// <exception cref="DistributedApplicationException">The resource has that check already.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key))
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' has the health check '{key}' already.");
        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Takes the resource's health from an HTTP GET: healthy when the status is the expected one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">Path and query; null for <c>/</c>.</param>
    /// <param name="statusCode">Expected status; null for 200.</param>
    /// <param name="endpointName">Endpoint; null for <c>https</c>, then <c>http</c>.</param>
    /// <exception cref="DistributedApplicationException">There is no such endpoint yet.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        string[] names = endpointName is null ? ["https", "http"] : [endpointName];
        var endpoint = names.Select(builder.GetEndpoint).FirstOrDefault(e => e.Exists) ?? throw new DistributedApplicationException(
            $"Could not create an HTTP health check for resource '{builder.Resource.Name}': it has no endpoint named {string.Join(" or ", names.Select(n => $"'{n}'"))}.");
        return builder.WithHttpHealthCheck(() => endpoint, path, statusCode);
    }

    /// <summary>Takes the resource's health from an HTTP GET on a chosen endpoint.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = (endpointSelector ?? (() => builder.GetEndpoint("http")))();
        var (target, expected) = (path ?? "/", statusCode ?? Ok);
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{target}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, services => new HttpEndpointHealthCheck(endpoint, target, expected, services.GetRequiredService<IHttpClientFactory>()), null, null));
        return builder.WithHealthCheck(key);
    }
}
