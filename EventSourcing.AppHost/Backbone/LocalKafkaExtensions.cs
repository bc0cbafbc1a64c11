using System.Globalization;
using EventSourcing.AppHost.Running;

namespace EventSourcing.AppHost.Backbone;

/// <summary>LocalKafka: the durable single-node broker of <c>src/Local</c>, in a process of its own.</summary>
internal static class LocalKafkaExtensions
{
    public static IResourceBuilder<KafkaProcessResource> AddLocalKafka(this IDistributedApplicationBuilder builder, string name)
    {
        var port = FreePort.Take();
        var program = BuiltProgram.PathOf(new Projects.LocalKafka_Host());
        return builder.AddKafkaProcess(new KafkaProcessResource(name, "dotnet", builder.AppHostDirectory, [port]), port)
            .WithArgs("exec", program, "--port", port.ToString(CultureInfo.InvariantCulture), "--data", RunFolder.Of(builder, name));
    }

    /// <summary>What the processes of LocalKafka and of Apache Kafka have in common: one endpoint without a proxy, ready when it accepts.</summary>
    internal static IResourceBuilder<KafkaProcessResource> AddKafkaProcess(
        this IDistributedApplicationBuilder builder, KafkaProcessResource resource, int port) =>
        builder.AddResource(resource)
            .WithEndpoint(port: port, targetPort: port, scheme: "tcp", name: "tcp", isProxied: false)
            .WithTcpHealthCheck(port);
}
