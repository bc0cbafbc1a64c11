using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Confluent.Kafka with brokers of its own that keep offsets for the shortest time Kafka allows, which is a minute.</summary>
[JudgedBy("Confluent.Kafka")]
public sealed class OffsetRetentionJudgeTests
{
    [Theory]
    [ClassData(typeof(BothBrokers))]
    public async Task Offsets_NobodyUses_ExpireAndThoseOfAMemberStay(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var broker = await StartAsync(kind);
        await TestClient.CreateTopicAsync(broker.Servers, "kept", partitions: 1);
        using var admin = TestClient.Admin(broker.Servers);
        using var member = TestClient.Consumer(broker.Servers, "member");
        using var alone = TestClient.Consumer(broker.Servers, "alone");

        member.Subscribe("kept");
        await Eventually.TrueAsync(() => member.Consume(TimeSpan.FromMilliseconds(50)) is not null | member.Assignment.Count == 1, "the partition", stop: stop);
        member.Commit([new TopicPartitionOffset("kept", 0, 3)]);
        alone.Commit([new TopicPartitionOffset("kept", 0, 5)]);
        Assert.Equal((3, 5), (await CommittedAsync(admin, "member"), await CommittedAsync(admin, "alone")));
        await Eventually.TrueAsync(async _ => await CommittedAsync(admin, "alone") < 0, "the offset nobody uses to expire", TimeSpan.FromMinutes(3), stop);

        Assert.Equal(3, await CommittedAsync(admin, "member"));
        Assert.DoesNotContain((await admin.ListConsumerGroupsAsync()).Valid, group => group.GroupId == "alone");
        member.Close();
    }

    private static async Task<long> CommittedAsync(IAdminClient admin, string group)
    {
        var offsets = await admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions(group, [new TopicPartition("kept", 0)])]);
        return offsets[0].Partitions[0].Offset.Value;
    }

    private static async Task<OwnBroker> StartAsync(BrokerKind kind)
    {
        if (kind == BrokerKind.LocalKafka)
        {
            var local = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { OffsetsRetention = TimeSpan.FromMinutes(1), OffsetsRetentionCheckInterval = TimeSpan.FromSeconds(1) });
            return new OwnBroker(local.BootstrapServers, local);
        }

        Assert.SkipUnless(Requires.KafkaHome, Requires.KafkaHomeReason);
        var properties = new Dictionary<string, string> { ["offsets.retention.minutes"] = "1", ["offsets.retention.check.interval.ms"] = "1000" };
        var apache = await ApacheKafka.StartAsync(new ApacheKafkaOptions { Properties = properties });
        return new OwnBroker(apache.BootstrapServers, apache);
    }

    private sealed record OwnBroker(string Servers, IAsyncDisposable Broker) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Broker.DisposeAsync();
    }
}
