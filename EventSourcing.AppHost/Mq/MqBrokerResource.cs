namespace EventSourcing.AppHost.Mq;

/// <summary>LocalMq as a process of this machine.</summary>
internal sealed class MqProcessResource(string name, string workingDirectory, int port)
    : ExecutableResource(name, "dotnet", workingDirectory), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression { get; } = ReferenceExpression.Create($"{$"amqp://127.0.0.1:{port}"}");
}

/// <summary>An AMQP 1.0 broker in a container.</summary>
internal sealed class MqContainerResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    public const string EndpointName = "amqp";

    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var endpoint = new EndpointReference(this, EndpointName);
            return ReferenceExpression.Create($"amqp://{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)}");
        }
    }
}
