using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives the resource a connection string: <c>ConnectionStrings__&lt;name&gt;</c> and the connection's properties.</summary>
    /// <param name="builder">The resource that gets it.</param>
    /// <param name="source">The resource it leads to.</param>
    /// <param name="connectionName">Name of the connection; null for the name of the source.</param>
    /// <param name="optional">Whether to go without when there is none; else the resource fails to start.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        var name = connectionName ?? resource.Name;
        return builder.WithReferencesOf(resource).WithEnvironment(context =>
        {
            var variable = resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}";
            context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);
            foreach (var (property, value) in resource.GetConnectionProperties())
                context.EnvironmentVariables[EnvironmentName.Upper($"{name}_{property}")] = value;
        });
    }

    /// <summary>Tells the resource all endpoints of another one for service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
    {
        var resource = source.Resource;
        return builder.WithReferencesOf(resource).WithEnvironment(context =>
        {
            foreach (var endpoint in resource.GetEndpoints())
                AddServiceDiscovery(context, endpoint);
        });
    }

    /// <summary>Tells the resource one endpoint of another one for service discovery.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.WithReferencesOf(endpointReference).WithEnvironment(context => AddServiceDiscovery(context, endpointReference));

    /// <summary>The endpoint of a name; it need not exist yet.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints =>
        builder.Resource.GetEndpoint(name);

    private static void AddServiceDiscovery(EnvironmentCallbackContext context, EndpointReference endpoint)
    {
        var service = endpoint.Resource.Name;
        var key = endpoint.EndpointName is "http" or "https" ? endpoint.Scheme : endpoint.EndpointName;
        var index = 0;
        while (!context.EnvironmentVariables.TryAdd($"services__{service}__{key}__{index}", endpoint))
            index++;
        context.EnvironmentVariables[EnvironmentName.Upper($"{service}_{endpoint.EndpointName}")] = endpoint;
    }

    /// <summary>A connection string that must have a value unless it is optional.</summary>
    private sealed class ConnectionStringReference(IResourceWithConnectionString resource, bool optional) : IValueProvider
    {
        public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                var value = await resource.GetConnectionStringAsync(cancellationToken);
                return value is null && !optional ? throw Unavailable(null) : value;
            }
            catch (MissingParameterValueException e)
            {
                return optional ? null : throw Unavailable(e);
            }
        }

        private DistributedApplicationException Unavailable(Exception? cause)
        {
            var message = $"The connection string for the resource '{resource.Name}' is not available.";
            return cause is null ? new DistributedApplicationException(message) : new DistributedApplicationException($"{message} {cause.Message}", cause);
        }
    }
}
