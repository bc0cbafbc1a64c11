using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Shows a link.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null)
        where T : IResource =>
        builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });

    /// <summary>Shows a link made of endpoints and text.</summary>
    public static IResourceBuilder<T> WithUrl<T>(
        this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource =>
        builder.WithUrl(ReferenceExpression.Create(url), displayText);

    /// <summary>Shows a link made of endpoints and text.</summary>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null)
        where T : IResource =>
        builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(async context =>
        {
            if (await url.GetValueAsync(context.CancellationToken) is { } text)
                context.Urls.Add(new ResourceUrlAnnotation { Url = text, DisplayText = displayText });
        }));

    /// <summary>Changes the links once the endpoints are allocated.</summary>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback)
        where T : IResource =>
        builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(context =>
        {
            callback(context);
            return Task.CompletedTask;
        }));

    /// <summary>Changes the link of an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource =>
        builder.WithUrls(context =>
        {
            var url = context.Urls.FirstOrDefault(u => string.Equals(u.Endpoint?.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase));
            if (url is not null)
                callback(url);
        });

    /// <summary>Adds a link to an endpoint; a relative url is resolved against it.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints =>
        builder.WithUrls(context =>
        {
            var endpoint = builder.GetEndpoint(endpointName);
            if (!endpoint.Exists)
                return;

            var url = callback(endpoint);
            context.Urls.Add(new ResourceUrlAnnotation
            {
                Url = new Uri(new Uri(endpoint.Url), url.Url).ToString(),
                DisplayText = url.DisplayText,
                DisplayLocation = url.DisplayLocation,
                Endpoint = endpoint,
            });
        });
}
