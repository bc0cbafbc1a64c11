using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds Kafka in containers.</summary>
public static class KafkaBuilderExtensions
{
    private const int BrokerPort = 9092;
    private const int UIPort = 8080;

    /// <summary>Adds a Kafka broker.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Unique name, also the connection's.</param>
    /// <param name="port">Port of this machine; null for any free one.</param>
    public static IResourceBuilder<KafkaServerResource> AddKafka(this IDistributedApplicationBuilder builder, string name, int? port = null) =>
        builder.AddResource(new KafkaServerResource(name))
            .WithImage("docker.io/confluentinc/confluent-local", "8.2.0")
            .WithEndpoint(port, BrokerPort, name: KafkaServerResource.PrimaryEndpointName);

    /// <summary>Adds the Kafka UI.</summary>
    public static IResourceBuilder<KafkaServerResource> WithKafkaUI(this IResourceBuilder<KafkaServerResource> builder,
        Action<IResourceBuilder<KafkaUIContainerResource>>? configureContainer = null, string? containerName = null)
    {
        var ui = builder.ApplicationBuilder.AddResource(new KafkaUIContainerResource(containerName ?? "kafka-ui"))
            .WithImage("docker.io/kafbat/kafka-ui", "v1.5.0")
            .WithHttpEndpoint(targetPort: UIPort);
        configureContainer?.Invoke(ui);
        return builder;
    }

    /// <summary>Keeps the broker's data in a volume.</summary>
    public static IResourceBuilder<KafkaServerResource> WithDataVolume(
        this IResourceBuilder<KafkaServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithVolume(name ?? $"{builder.Resource.Name}-data", "/var/lib/kafka/data", isReadOnly);
}
