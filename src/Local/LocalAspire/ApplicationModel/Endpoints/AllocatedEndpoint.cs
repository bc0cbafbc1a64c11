namespace Aspire.Hosting.ApplicationModel;

/// <summary>The address of an endpoint in the running application.</summary>
public class AllocatedEndpoint
{
    internal AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string targetPortExpression, string serviceName)
    {
        UriString = $"{endpoint.UriScheme}://{address}:{port}";
        Address = address;
        Port = port;
        TargetPortExpression = targetPortExpression;
        ServiceName = serviceName;
    }

    /// <summary>Host name.</summary>
    public string Address { get; }

    /// <summary>Port that callers use.</summary>
    public int Port { get; }

    /// <summary><c>scheme://host:port</c>.</summary>
    public string UriString { get; }

    /// <summary>The port of the process, or the orchestrator's template for it.</summary>
    internal string TargetPortExpression { get; }

    internal string ServiceName { get; }
}
