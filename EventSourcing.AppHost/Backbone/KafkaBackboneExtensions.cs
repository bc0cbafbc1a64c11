using Microsoft.Extensions.Configuration;

namespace EventSourcing.AppHost.Backbone;

/// <summary>Adds the Kafka backbone: your cluster, a container, Apache Kafka from <c>KAFKA_HOME</c>, or LocalKafka.</summary>
public static class KafkaBackboneExtensions
{
    /// <summary>The backbone as a resource with a connection string (bootstrap servers).</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddKafkaBackbone(this IDistributedApplicationBuilder builder, string name)
    {
        var kind = BackboneChoice.For(builder, name, () => ApacheKafka.IsInstalled(builder.Configuration));
        Console.WriteLine($"backbone: {Describe(kind, builder.Configuration)}");
        return kind switch
        {
            BackboneKind.External => builder.AddConnectionString(name),
            BackboneKind.Container => builder.AddKafka(name).WithKafkaUI(),
            BackboneKind.Process => builder.AddApacheKafka(name),
            _ => builder.AddLocalKafka(name),
        };
    }

    private static string Describe(BackboneKind kind, IConfiguration configuration) => kind switch
    {
        BackboneKind.External => "your cluster (connection string)",
        BackboneKind.Container => "Apache Kafka (container)",
        BackboneKind.Process => $"Apache Kafka (process, KAFKA_HOME={ApacheKafka.Home(configuration)})",
        _ => "LocalKafka (embedded)",
    };
}
