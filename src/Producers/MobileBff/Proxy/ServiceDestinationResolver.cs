using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace EventSourcing.MobileBff.Proxy;

/// <summary>
/// Destinations name services (<c>http://web-events</c>); service discovery says where they are, and when that has changed. To be replaced by the package
/// <c>Microsoft.Extensions.ServiceDiscovery.Yarp</c> where it is at hand.
/// </summary>
internal sealed class ServiceDestinationResolver(ServiceEndpointResolver services) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations, CancellationToken cancellationToken)
    {
        var resolved = new Dictionary<string, DestinationConfig>();
        var changes = new List<IChangeToken>();
        foreach (var (name, destination) in destinations)
        {
            var address = new Uri(destination.Address);
            var source = await services.GetEndpointsAsync(address.GetLeftPart(UriPartial.Authority), cancellationToken);
            changes.Add(source.ChangeToken);
            foreach (var (index, endpoint) in source.Endpoints.Index())
                resolved[$"{name}/{index}"] = destination with { Address = AddressOf(endpoint.ToString()!, address) };
        }

        return new ResolvedDestinationCollection(resolved, new CompositeChangeToken(changes));
    }

    // An endpoint is an absolute URI or host:port.
    private static string AddressOf(string endpoint, Uri original) =>
        new Uri(new Uri(endpoint.Contains("://", StringComparison.Ordinal) ? endpoint : $"{original.Scheme}://{endpoint}"), original.PathAndQuery).AbsoluteUri;
}
