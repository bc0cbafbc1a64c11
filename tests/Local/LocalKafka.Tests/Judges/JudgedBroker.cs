using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>A running broker under judgement.</summary>
/// <param name="BootstrapServers">Where clients connect.</param>
/// <param name="DataFolder">One sub-folder per partition, named <c>topic-partition</c>.</param>
public sealed record JudgedBroker(string BootstrapServers, string DataFolder)
{
    /// <summary>Creates a topic with a name of its own.</summary>
    public async Task<string> CreateTopicAsync(string purpose, int partitions = 3)
    {
        var topic = string.Create(CultureInfo.InvariantCulture, $"{purpose}-{Guid.NewGuid():N}")[..(purpose.Length + 9)];
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
        var specification = new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = 1 };
        await admin.CreateTopicsAsync([specification], new CreateTopicsOptions { RequestTimeout = TimeSpan.FromSeconds(30) });
        return topic;
    }

    /// <summary>The segment files of one partition, oldest first.</summary>
    public string[] SegmentFiles(string topic, int partition = 0) =>
        [.. Directory.GetFiles(Path.Combine(DataFolder, string.Create(CultureInfo.InvariantCulture, $"{topic}-{partition}")), "*.log").Order()];
}
