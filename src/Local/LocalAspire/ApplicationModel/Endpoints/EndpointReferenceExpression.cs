using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A part of an endpoint's address.</summary>
public enum EndpointProperty
{
    /// <summary><c>scheme://host:port</c>.</summary>
    Url,

    /// <summary>Host name.</summary>
    Host,

    /// <summary>IPv4 address of the host.</summary>
    IPV4Host,

    /// <summary>Port that callers use.</summary>
    Port,

    /// <summary>Scheme.</summary>
    Scheme,

    /// <summary>Port that the process listens on.</summary>
    TargetPort,

    /// <summary><c>host:port</c>.</summary>
    HostAndPort,
}

/// <summary>A part of an endpoint's address, read when the endpoint is allocated.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue, IValueWithReferences
{
    /// <summary>The endpoint.</summary>
    public EndpointReference Endpoint { get; } = endpointReference;

    /// <summary>The part of its address.</summary>
    public EndpointProperty Property { get; } = property;

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{Property.ToString().ToLowerInvariant()}}}";

    IEnumerable<object> IValueWithReferences.References => [Endpoint];

    /// <summary>The value; waits until the endpoint is allocated.</summary>
    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var annotation = Endpoint.EndpointAnnotation;
        if (Property == EndpointProperty.Scheme)
            return annotation.UriScheme;

        var allocated = await annotation.WhenAllocated.WaitAsync(cancellationToken);
        return Property switch
        {
            EndpointProperty.Url => allocated.UriString,
            EndpointProperty.Host => allocated.Address,
            EndpointProperty.IPV4Host => "127.0.0.1",
            EndpointProperty.Port => allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.TargetPort => allocated.TargetPortExpression,
            EndpointProperty.HostAndPort => string.Create(CultureInfo.InvariantCulture, $"{allocated.Address}:{allocated.Port}"),
            _ => throw new InvalidOperationException($"Unknown endpoint property {Property}."),
        };
    }
}
