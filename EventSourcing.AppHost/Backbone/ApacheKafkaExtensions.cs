using EventSourcing.AppHost.Running;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.AppHost.Backbone;

/// <summary>Apache Kafka from <c>KAFKA_HOME</c>: one broker, or as many as <c>KafkaBrokers</c> says.</summary>
internal static class ApacheKafkaExtensions
{
    private const string BrokersKey = "KafkaBrokers";

    public static IResourceBuilder<KafkaProcessResource> AddApacheKafka(this IDistributedApplicationBuilder builder, string name)
    {
        var home = ApacheKafka.Home(builder.Configuration)
            ?? throw new DistributedApplicationException("Backbone=process needs KAFKA_HOME: the folder of an Apache Kafka installation.");
        var count = builder.Configuration.GetValue(BrokersKey, 1);
        if (count is not (1 or 3))
            throw new DistributedApplicationException($"{BrokersKey}={count}: use 1 or 3 (a controller quorum needs an odd number of nodes).");

        int[] ports = [.. Enumerable.Range(0, count).Select(_ => FreePort.Take())];
        int[] controllers = [.. Enumerable.Range(0, count).Select(_ => FreePort.Take())];
        var clusterId = Convert.ToBase64String(Guid.NewGuid().ToByteArray()).Replace('+', '-').Replace('/', '_').TrimEnd('=');

        var brokers = Enumerable.Range(1, count)
            .Select(id => builder.AddBroker(id == 1 ? name : $"{name}-{id}", home, clusterId, id, ports, controllers))
            .ToList();
        foreach (var other in brokers.Skip(1))
        {
            other.WithParentRelationship(brokers[0].Resource);
            brokers[0].WaitFor(other, WaitBehavior.StopOnResourceUnavailable);
        }

        return brokers[0];
    }

    private static IResourceBuilder<KafkaProcessResource> AddBroker(
        this IDistributedApplicationBuilder builder, string name, string home, string clusterId, int id, int[] ports, int[] controllers)
    {
        var folder = RunFolder.Of(builder, name);
        var properties = Path.Combine(folder, "server.properties");
        var log = Path.Combine(folder, "log");
        var resource = new KafkaProcessResource(name, "java", folder, ports);

        builder.Eventing.Subscribe<BeforeResourceStartedEvent>(resource, async (_, stop) =>
        {
            await File.WriteAllTextAsync(properties, ApacheKafka.Properties(id, ports, controllers, log), stop);
            if (!File.Exists(Path.Combine(log, "meta.properties")))
                await ApacheKafka.FormatAsync(home, clusterId, properties, stop);
        });
        return builder.AddKafkaProcess(resource, ports[id - 1])
            .WithArgs("-Xms256m", "-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
            .WithArgs($"-Dlog4j2.configurationFile={Path.Combine(home, "config", "log4j2.yaml")}", $"-Dkafka.logs.dir={folder}")
            .WithArgs("-cp", ApacheKafka.ClassPath(home), "kafka.Kafka", properties);
    }
}
