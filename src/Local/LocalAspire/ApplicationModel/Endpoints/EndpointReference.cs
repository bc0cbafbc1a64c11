namespace Aspire.Hosting.ApplicationModel;

/// <summary>A reference to an endpoint by name; the endpoint may be declared later.</summary>
public class EndpointReference : IExpressionValue, IValueWithReferences
{
    private EndpointAnnotation? _annotation;

    /// <summary>Refers to an endpoint by its name.</summary>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        Resource = owner;
        EndpointName = endpointName;
    }

    /// <summary>Refers to a declared endpoint.</summary>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
        : this(owner, endpoint.Name) => _annotation = endpoint;

    /// <summary>The resource that listens.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>Name of the endpoint.</summary>
    public string EndpointName { get; }

    /// <summary>Whether the endpoint was declared.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether its address is known.</summary>
    public bool IsAllocated => Find()?.AllocatedEndpoint is not null;

    /// <summary>Scheme of its url.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>Host name.</summary>
    /// <exception cref="InvalidOperationException">Not allocated yet.</exception>
    public string Host => Allocated.Address;

    /// <summary>Port that callers use.</summary>
    /// <exception cref="InvalidOperationException">Not allocated yet.</exception>
    public int Port => Allocated.Port;

    /// <summary>Port that was declared for the process; null for any free one.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary><c>scheme://host:port</c>.</summary>
    /// <exception cref="InvalidOperationException">Not allocated yet.</exception>
    public string Url => Allocated.UriString;

    /// <summary>The declaration.</summary>
    /// <exception cref="InvalidOperationException">No endpoint of that name was declared.</exception>
    public EndpointAnnotation EndpointAnnotation => Find() ?? throw new InvalidOperationException(
        $"The endpoint `{EndpointName}` is not defined for the resource `{Resource.Name}`. Declared: {Declared()}.");

    /// <inheritdoc/>
    public string ValueExpression => $"{{{Resource.Name}.bindings.{EndpointName}.url}}";

    IEnumerable<object> IValueWithReferences.References => [Resource];

    private AllocatedEndpoint Allocated => EndpointAnnotation.AllocatedEndpoint ?? throw new InvalidOperationException(
        $"The endpoint `{EndpointName}` of the resource `{Resource.Name}` is not allocated yet.");

    /// <summary>One part of the address, as a value that is read when it is known.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    /// <summary>The url, once the endpoint is allocated.</summary>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    private EndpointAnnotation? Find() => _annotation ??= Resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase));

    private string Declared() => string.Join(", ", Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.Name).DefaultIfEmpty("none"));
}
