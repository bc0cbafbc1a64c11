using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit.Net;

namespace EventSourcing.LocalKafka.Tests.Network.Fuzzing;

/// <summary>What librdkafka really sends when it is used for everything that it can do.</summary>
internal static class ClientTraffic
{
    private const string Topic = "fuzzed";
    private const string Deleted = "fuzzed-and-deleted"; // not the topic that all others are about: the first spoilt deletion would end it
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Creates the topic that the traffic is about, cleaned all the time: what comes through is decompressed and read, too.</summary>
    public static Task PrepareAsync(string servers) => TestClient.CreateTopicAsync(servers, Topic, partitions: 2, new()
    {
        ["cleanup.policy"] = "compact",
        ["min.cleanable.dirty.ratio"] = "0",
        ["segment.ms"] = "100",
    });

    /// <summary>Records the frames of one round of all of it, on a broker of its own.</summary>
    public static async Task<byte[][]> RecordAsync(CancellationToken stop)
    {
        var recorded = new RecordedFrames();
        await using var relay = new TcpRelay { Sent = recorded.Add };
        await using var broker = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { AdvertisedPort = relay.Port }, stop);
        relay.Target = broker.Port;

        await TestClient.CreateTopicAsync(relay.Address, Topic, partitions: 2);
        await ProduceAsync(relay.Address, stop);
        Consume(relay.Address);
        await TransactAsync(relay.Address, stop);
        await AdministerAsync(relay.Address);
        return recorded.Take(perKind: 12);
    }

    private static async Task ProduceAsync(string servers, CancellationToken stop)
    {
        foreach (var codec in Enum.GetValues<CompressionType>())
        {
            using var producer = TestClient.Producer(servers, config => (config.CompressionType, config.LingerMs) = (codec, 20));
            await Task.WhenAll(Enumerable.Range(0, 50).Select(i => producer.ProduceAsync(Topic, new() { Key = $"{i % 7}", Value = $"value {i} of {codec}" }, stop)));
        }
    }

    private static void Consume(string servers)
    {
        using var consumer = TestClient.Consumer(servers, "fuzzed-group");
        consumer.Subscribe(Topic);
        Assert.NotEmpty(TestClient.Take(consumer, ends: 2));
        consumer.Commit();
        consumer.OffsetsForTimes([new(new(Topic, 0), new Timestamp(0, TimestampType.CreateTime))], Timeout);
        consumer.Close();
    }

    private static async Task TransactAsync(string servers, CancellationToken stop)
    {
        using var consumer = TestClient.Consumer(servers, "fuzzed-group");
        using var producer = TestClient.TransactionalProducer(servers, "fuzzed-id");
        foreach (var commits in new[] { true, false })
        {
            producer.BeginTransaction();
            await producer.ProduceAsync(Topic, new() { Key = "t", Value = "in a transaction" }, stop);
            producer.SendOffsetsToTransaction([new(Topic, 0, 1)], consumer.ConsumerGroupMetadata, Timeout);
            if (commits)
                producer.CommitTransaction();
            else
                producer.AbortTransaction();
        }
    }

    private static async Task AdministerAsync(string servers)
    {
        using var admin = TestClient.Admin(servers);
        var topic = new ConfigResource { Type = ResourceType.Topic, Name = Topic };
        await admin.DescribeConfigsAsync([topic]);
        await admin.IncrementalAlterConfigsAsync(new() { [topic] = [new ConfigEntry { Name = "retention.ms", Value = "86400000" }] });
        await admin.CreatePartitionsAsync([new PartitionsSpecification { Topic = Topic, IncreaseTo = 3 }]);
        await admin.ListConsumerGroupsAsync();
        await admin.DescribeConsumerGroupsAsync(["fuzzed-group"]);
        await admin.ListConsumerGroupOffsetsAsync([new("fuzzed-group", null)]);
        await admin.ListOffsetsAsync([new() { TopicPartition = new(Topic, 0), OffsetSpec = OffsetSpec.Latest() }]);
        await admin.DescribeClusterAsync();
        await admin.DeleteRecordsAsync([new(Topic, 1, 3)]);
        await admin.DeleteGroupsAsync(["fuzzed-group"]);
        await TestClient.CreateTopicAsync(servers, Deleted);
        await admin.DeleteTopicsAsync([Deleted]);
    }
}
