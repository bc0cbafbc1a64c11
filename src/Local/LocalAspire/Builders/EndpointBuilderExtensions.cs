using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares how a resource runs and what it needs.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Declares an HTTP endpoint, or changes the one of that name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">Port that callers use; null for any free one.</param>
    /// <param name="targetPort">Port that the process listens on; null for any free one.</param>
    /// <param name="name">Name; null for <c>http</c>.</param>
    /// <param name="env">Variable that tells the process its port; null for none.</param>
    /// <param name="isProxied">Whether the orchestrator's proxy stands before the process; null for yes.</param>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder,
        int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, scheme: "http", name, env, isProxied);

    /// <summary>Declares an HTTPS endpoint, or changes the one of that name; the process brings its certificate.</summary>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(this IResourceBuilder<T> builder,
        int? port = null, int? targetPort = null, string? name = null, string? env = null, bool? isProxied = null)
        where T : IResourceWithEndpoints =>
        builder.WithEndpoint(port, targetPort, scheme: "https", name, env, isProxied);

    /// <summary>Declares an endpoint, or changes the one of that name.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null,
        string? scheme = null, string? name = null, string? env = null, bool? isProxied = null, bool? isExternal = null, ProtocolType? protocol = null)
        where T : IResourceWithEndpoints
    {
        var declared = new EndpointAnnotation(protocol ?? ProtocolType.Tcp, scheme, null, name, port, targetPort, isExternal, isProxied);
        var endpoint = Find(builder.Resource, declared.Name);
        if (endpoint is null)
            builder.WithAnnotation(endpoint = declared);
        else
            Update(endpoint, port, targetPort, isProxied, isExternal);

        if (env is null)
            return builder;

        endpoint.TargetPortEnvironmentVariable = env;
        return builder.WithAnnotation(new EnvironmentCallbackAnnotation(context =>
        {
            context.EnvironmentVariables[env] = builder.Resource.GetEndpoint(endpoint.Name).Property(EndpointProperty.TargetPort);
            return Task.CompletedTask;
        }));
    }

    /// <summary>Changes an endpoint.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder, string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = Find(builder.Resource, endpointName);
        if (endpoint is null && createIfNotExists)
            builder.WithAnnotation(endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName));
        if (endpoint is not null)
            callback(endpoint);
        return builder;
    }

    /// <summary>Marks the HTTP endpoints declared so far as used from outside.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
            endpoint.IsExternal = true;
        return builder;
    }

    private static EndpointAnnotation? Find(IResource resource, string name) => resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));

    private static void Update(EndpointAnnotation endpoint, int? port, int? targetPort, bool? isProxied, bool? isExternal)
    {
        if (port is not null)
            endpoint.Port = port;
        if (targetPort is not null)
            endpoint.TargetPort = targetPort;
        endpoint.IsProxied = isProxied ?? endpoint.IsProxied;
        endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
    }
}
