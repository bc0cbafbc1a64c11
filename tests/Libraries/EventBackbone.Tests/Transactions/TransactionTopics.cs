using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventSourcing.EventBackbone.Tests.Transactions;

/// <summary>Routes onto two topics that refuse events which the route itself would let through.</summary>
internal static class TransactionTopics
{
    public static async Task<Route> CreateAsync(string bootstrapServers, TimeSpan? deliveryTimeout = null)
    {
        var route = Declare($"test-{Guid.NewGuid():N}", deliveryTimeout);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        await admin.CreateTopicsAsync(route.Topics.Select(topic => new TopicSpecification
        {
            Name = topic.Name,
            NumPartitions = topic.Partitions,
            ReplicationFactor = 1,
            Configs = new() { ["max.message.bytes"] = "20000" },
        }));
        return route;
    }

    public static Route Declare(string topic, TimeSpan? deliveryTimeout = null) =>
        new(
            new TopicDeclaration(topic, "key") { Partitions = 3 },
            new DeliveryProfile { Durability = Durability.Transactional, DeliveryTimeout = deliveryTimeout ?? TimeSpan.FromSeconds(10) })
        {
            AdditionalTopics = [new TopicDeclaration(topic + "-copy", "key") { Partitions = 2 }],
        };
}
