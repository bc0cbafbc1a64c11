using System.Globalization;
using EventSourcing.AppHost.Backbone;
using EventSourcing.AppHost.Running;

namespace EventSourcing.AppHost.Mq;

/// <summary>Adds the queue broker (AMQP 1.0): yours, a container, or LocalMq.</summary>
public static class MqBrokerExtensions
{
    /// <summary>The broker as a resource with a connection string <c>amqp://host:port</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddMqBroker(this IDistributedApplicationBuilder builder, string name)
    {
        var kind = BackboneChoice.For(builder, name, static () => false);
        if (kind == BackboneKind.Process)
            kind = BackboneKind.Embedded;                     // no broker is started as a process of its own: LocalMq is one
        Console.WriteLine($"mq broker: {Describe(kind)}");
        return kind switch
        {
            BackboneKind.External => builder.AddConnectionString(name),
            BackboneKind.Container => builder.AddArtemisContainer(name),
            _ => builder.AddLocalMq(name),
        };
    }

    private static string Describe(BackboneKind kind) => kind switch
    {
        BackboneKind.External => "yours (connection string)",
        BackboneKind.Container => "ActiveMQ Artemis (container)",
        _ => "LocalMq (embedded: durable queues, no users, no transactions)",
    };

    // Artemis makes a queue when a link asks for one (capability "queue"), under its plain name.
    private static IResourceBuilder<MqContainerResource> AddArtemisContainer(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new MqContainerResource(name))
            .WithImage("apache/activemq-artemis", "latest-alpine")
            .WithEnvironment("ANONYMOUS_LOGIN", "true")
            .WithEndpoint(targetPort: 5672, scheme: "amqp", name: MqContainerResource.EndpointName);

    private static IResourceBuilder<MqProcessResource> AddLocalMq(this IDistributedApplicationBuilder builder, string name)
    {
        var port = FreePort.Take();
        return builder.AddResource(new MqProcessResource(name, builder.AppHostDirectory, port))
            .WithArgs(
                "exec", BuiltProgram.PathOf(new Projects.LocalMq()), "--port", port.ToString(CultureInfo.InvariantCulture),
                "--data", Path.Combine(RunFolder.Of(builder, name), "data"))
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithTcpHealthCheck(port);
    }
}
