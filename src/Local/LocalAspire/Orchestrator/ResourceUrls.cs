using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestrator;

/// <summary>The links of a resource: one per endpoint, those declared, changed by its callbacks.</summary>
internal static class ResourceUrls
{
    public static async Task<IEnumerable<UrlSnapshot>> ResolveAsync(IResource resource, CancellationToken stop)
    {
        var endpoints = resource is IResourceWithEndpoints listening ? listening.GetEndpoints() : [];
        var urls = endpoints.Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint })
            .Concat(resource.Annotations.OfType<ResourceUrlAnnotation>())
            .ToList();
        var context = new ResourceUrlsCallbackContext(resource, urls, stop);
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>())
            await callback.Callback(context);
        return urls.Select((url, i) => ToSnapshot(url, i, resource.RunsProcesses()));
    }

    private static UrlSnapshot ToSnapshot(ResourceUrlAnnotation url, int order, bool inactive)
    {
        var absolute = url.Endpoint is { } endpoint && url.Url.StartsWith('/') ? new Uri(new Uri(endpoint.Url), url.Url).ToString() : url.Url;
        return new UrlSnapshot(url.Endpoint?.EndpointName, absolute, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            IsInactive = inactive,
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", order),
        };
    }
}
