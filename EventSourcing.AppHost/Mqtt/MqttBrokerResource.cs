namespace EventSourcing.AppHost.Mqtt;

/// <summary>The devices' MQTT broker, wherever it runs.</summary>
public interface IMqttBrokerResource : IResourceWithConnectionString, IResourceWithWaitSupport
{
    /// <summary>Whether the broker serves shared subscriptions (MQTT 5 §4.8.2), without which ingest runs as one replica.</summary>
    bool SharedSubscriptions { get; }
}

/// <summary>An MQTT broker as a process of this machine: mosquitto or LocalMqtt.</summary>
internal sealed class MqttProcessResource(string name, string command, string workingDirectory, int port, bool sharedSubscriptions)
    : ExecutableResource(name, command, workingDirectory), IMqttBrokerResource
{
    public bool SharedSubscriptions => sharedSubscriptions;

    public ReferenceExpression ConnectionStringExpression { get; } = ReferenceExpression.Create($"{$"mqtt://127.0.0.1:{port}"}");
}

/// <summary>mosquitto in a container.</summary>
internal sealed class MqttContainerResource(string name) : ContainerResource(name), IMqttBrokerResource
{
    public const string EndpointName = "mqtt";

    public bool SharedSubscriptions => true;

    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var endpoint = new EndpointReference(this, EndpointName);
            return ReferenceExpression.Create($"mqtt://{endpoint.Property(EndpointProperty.IPV4Host)}:{endpoint.Property(EndpointProperty.Port)}");
        }
    }
}

/// <summary>A broker of yours, named by the connection string <c>mqtt</c>.</summary>
internal sealed class MqttExternalResource(string name, string connectionString) : Resource(name), IMqttBrokerResource
{
    public bool SharedSubscriptions => true;

    public ReferenceExpression ConnectionStringExpression { get; } = ReferenceExpression.Create($"{connectionString}");
}
