using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint that a resource listens on.</summary>
public class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<AllocatedEndpoint> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int? _port;
    private int? _targetPort;

    /// <summary>Declares an endpoint.</summary>
    /// <param name="protocol">Network protocol; TCP is the one in use.</param>
    /// <param name="uriScheme">Scheme of its url; default: the protocol's name.</param>
    /// <param name="transport">Transport; default <c>http</c> for http and https, else the protocol's name.</param>
    /// <param name="name">Name; default: the scheme, then the protocol.</param>
    /// <param name="port">Port that callers use; null for any free one.</param>
    /// <param name="targetPort">Port that the process listens on; null for any free one.</param>
    /// <param name="isExternal">Whether callers outside of the application use it; default false.</param>
    /// <param name="isProxied">Whether the orchestrator's proxy stands before the process; default true.</param>
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null,
        int? port = null, int? targetPort = null, bool? isExternal = null, bool? isProxied = null)
    {
        var protocolName = protocol.ToString().ToLowerInvariant();
        UriScheme = uriScheme ?? protocolName;
        Transport = transport ?? (UriScheme is "http" or "https" ? "http" : protocolName);
        Name = name ?? uriScheme ?? protocolName;
        ResourceName.Validate(Name, "Endpoint");
        Protocol = protocol;
        _port = port;
        _targetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsProxied = isProxied ?? true;
    }

    /// <summary>Name, unique within the resource, ignoring case.</summary>
    public string Name { get; set; }

    /// <summary>Network protocol.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>Port that callers use; null for any free one. Without a proxy it defaults to <see cref="TargetPort"/>.</summary>
    public int? Port
    {
        get => _port ?? (IsProxied ? null : _targetPort);
        set => _port = value;
    }

    /// <summary>Port that the process listens on; null for any free one. Without a proxy it defaults to <see cref="Port"/>.</summary>
    public int? TargetPort
    {
        get => _targetPort ?? (IsProxied ? null : _port);
        set => _targetPort = value;
    }

    /// <summary>Scheme of the endpoint's url.</summary>
    public string UriScheme { get; set; }

    /// <summary>Host that the process binds; default localhost.</summary>
    public string TargetHost { get; set; } = "localhost";

    /// <summary>Transport: <c>http</c>, <c>http2</c> or <c>tcp</c>.</summary>
    public string Transport { get; set; }

    /// <summary>Whether callers outside of the application use it.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether the orchestrator's proxy stands before the process.</summary>
    public bool IsProxied { get; set; }

    /// <summary>The address that callers use; null until it is known.</summary>
    public AllocatedEndpoint? AllocatedEndpoint => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.Result : null;

    internal Task<AllocatedEndpoint> WhenAllocated => _allocated.Task;

    internal bool FromLaunchProfile { get; set; }

    /// <summary>Variable that tells the process its port; null for none.</summary>
    internal string? TargetPortEnvironmentVariable { get; set; }

    internal void Allocate(AllocatedEndpoint endpoint) => _allocated.TrySetResult(endpoint);
}
