using System.Globalization;
using EventSourcing.AppHost.Backbone;
using EventSourcing.AppHost.Running;

namespace EventSourcing.AppHost.Mqtt;

/// <summary>Adds the MQTT broker: yours, a container, mosquitto as a process, or LocalMqtt.</summary>
public static class MqttBrokerExtensions
{
    /// <summary>The broker as a resource with a connection string <c>mqtt://host:port</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddMqttBroker(this IDistributedApplicationBuilder builder, string name)
    {
        var mosquitto = Mosquitto.Find(Path.Combine(builder.AppHostDirectory, ".."));
        var kind = BackboneChoice.For(builder, name, () => mosquitto is not null);
        if (kind is BackboneKind.Process or BackboneKind.Embedded)
            kind = mosquitto is null ? BackboneKind.Embedded : BackboneKind.Process; // mosquitto is the better of the two wherever it exists

        Console.WriteLine($"mqtt broker: {Describe(kind, mosquitto)}");
        return kind switch
        {
            BackboneKind.External => builder.AddConnectionString(name),
            BackboneKind.Container => builder.AddMosquittoContainer(name),
            BackboneKind.Process => builder.AddMosquitto(name, mosquitto!),
            _ => builder.AddLocalMqtt(name),
        };
    }

    private static string Describe(BackboneKind kind, string? mosquitto) => kind switch
    {
        BackboneKind.External => "yours (connection string)",
        BackboneKind.Container => "mosquitto (container)",
        BackboneKind.Process => $"mosquitto (process, {mosquitto})",
        _ => "LocalMqtt (embedded: no shared subscriptions, sessions end with the process)",
    };

    private static IResourceBuilder<MqttContainerResource> AddMosquittoContainer(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new MqttContainerResource(name))
            .WithImage("eclipse-mosquitto", "2")
            .WithArgs("/usr/sbin/mosquitto", "-c", "/mosquitto-no-auth.conf")
            .WithEndpoint(targetPort: 1883, scheme: "mqtt", name: MqttContainerResource.EndpointName);

    private static IResourceBuilder<MqttProcessResource> AddMosquitto(this IDistributedApplicationBuilder builder, string name, string mosquitto)
    {
        var port = FreePort.Take();
        var folder = RunFolder.Of(builder, name);
        var configuration = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(configuration, Mosquitto.Configuration(port, folder));

        return builder.AddMqttProcess(new MqttProcessResource(name, mosquitto, folder, port), port)
            .WithArgs("-c", configuration);
    }

    private static IResourceBuilder<MqttProcessResource> AddLocalMqtt(this IDistributedApplicationBuilder builder, string name)
    {
        var port = FreePort.Take();
        return builder.AddMqttProcess(new MqttProcessResource(name, "dotnet", builder.AppHostDirectory, port), port)
            .WithArgs("exec", BuiltProgram.PathOf(new Projects.LocalMqtt()), "--port", port.ToString(CultureInfo.InvariantCulture));
    }

    private static IResourceBuilder<MqttProcessResource> AddMqttProcess(
        this IDistributedApplicationBuilder builder, MqttProcessResource resource, int port) =>
        builder.AddResource(resource)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithTcpHealthCheck(port);
}
