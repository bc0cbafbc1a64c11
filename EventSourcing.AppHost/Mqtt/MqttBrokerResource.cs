namespace EventSourcing.AppHost.Mqtt;

/// <summary>An MQTT broker as a process of this machine: mosquitto or LocalMqtt.</summary>
internal sealed class MqttProcessResource(string name, string command, string workingDirectory, int port)
    : ExecutableResource(name, command, workingDirectory), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression { get; } = ReferenceExpression.Create($"{$"mqtt://127.0.0.1:{port}"}");
}

/// <summary>mosquitto in a container.</summary>
internal sealed class MqttContainerResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    public const string EndpointName = "mqtt";

    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var endpoint = new EndpointReference(this, EndpointName);
            return ReferenceExpression.Create($"mqtt://{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)}");
        }
    }
}
