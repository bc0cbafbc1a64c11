using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Confluent.Kafka (librdkafka): members of one group, eager and cooperative.</summary>
[JudgedBy("Confluent.Kafka")]
public sealed class ConfluentGroupTests(JudgedBrokers brokers)
{
    public static MatrixTheoryData<BrokerKind, PartitionAssignmentStrategy> BrokersAndAssignors { get; } = new(
        Enum.GetValues<BrokerKind>(), [PartitionAssignmentStrategy.Range, PartitionAssignmentStrategy.RoundRobin, PartitionAssignmentStrategy.CooperativeSticky]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(BothBrokers))]
    public async Task Group_GoesOnWhereItCommitted(BrokerKind kind)
    {
        var servers = (await brokers.GetAsync(kind)).BootstrapServers;
        var topic = await FillAsync(kind, "resume", partitions: 2, records: 100);
        using (var first = TestClient.Consumer(servers, topic))
        {
            first.Subscribe(topic);
            Assert.Equal(100, TestClient.Take(first, ends: 2).Count);
            first.Commit();
            first.Close();
        }

        Fill(servers, topic, records: 10);
        using var second = TestClient.Consumer(servers, topic);
        second.Subscribe(topic);

        Assert.Equal(10, TestClient.Take(second, ends: 2).Count);
        second.Close();
    }

    [Theory]
    [MemberData(nameof(BrokersAndAssignors))]
    public async Task Partitions_AreShared_AndTakenOverWhenAMemberLeaves(BrokerKind kind, PartitionAssignmentStrategy assignor)
    {
        var servers = (await brokers.GetAsync(kind)).BootstrapServers;
        var topic = await FillAsync(kind, "shared", partitions: 4, records: 40);
        using var first = Member(servers, topic, assignor);
        using var second = Member(servers, topic, assignor);
        await Eventually.TrueAsync(() => Poll(first, second) && first.Assignment.Count == 2 && second.Assignment.Count == 2, "two partitions each", stop: Stop);

        second.Close();

        await Eventually.TrueAsync(() => Poll(first) && first.Assignment.Count == 4, "all partitions with the member that is left", TimeSpan.FromSeconds(30), Stop);
        first.Close();
    }

    [Theory]
    [ClassData(typeof(BothBrokers))]
    public async Task Members_WithoutACommonAssignor_GetAnError_AndTheGroupLives(BrokerKind kind)
    {
        var servers = (await brokers.GetAsync(kind)).BootstrapServers;
        var topic = await FillAsync(kind, "disagree", partitions: 2, records: 10);
        using var first = Member(servers, topic, PartitionAssignmentStrategy.Range);
        await Eventually.TrueAsync(() => Poll(first) && first.Assignment.Count == 2, "an assignment", stop: Stop);

        using var second = Member(servers, topic, PartitionAssignmentStrategy.CooperativeSticky);
        await Eventually.TrueAsync(() => Failure(second)?.Code == ErrorCode.InconsistentGroupProtocol, "INCONSISTENT_GROUP_PROTOCOL", stop: Stop);

        Assert.True(Poll(first) && first.Assignment.Count == 2);
        first.Close();
    }

    [Theory]
    [ClassData(typeof(BothBrokers))]
    public async Task Groups_AreListedDescribedAndDeleted(BrokerKind kind)
    {
        var servers = (await brokers.GetAsync(kind)).BootstrapServers;
        var topic = await FillAsync(kind, "admin", partitions: 1, records: 10);
        using var admin = TestClient.Admin(servers);
        using (var member = Member(servers, topic, PartitionAssignmentStrategy.Range))
        {
            await Eventually.TrueAsync(() => Poll(member) && member.Assignment.Count == 1, "an assignment", stop: Stop);
            member.Commit([new TopicPartitionOffset(topic, 0, 5)]);
            var described = await admin.DescribeConsumerGroupsAsync([topic]);
            Assert.Equal((ConsumerGroupState.Stable, 1), (described.ConsumerGroupDescriptions[0].State, described.ConsumerGroupDescriptions[0].Members.Count));
            Assert.Contains((await admin.ListConsumerGroupsAsync()).Valid, group => group.GroupId == topic);
            member.Close();
        }

        var offsets = await admin.ListConsumerGroupOffsetsAsync([new(topic, null)]);
        Assert.Equal(5, offsets[0].Partitions[0].Offset.Value);
        await admin.DeleteGroupsAsync([topic]);
        Assert.DoesNotContain((await admin.ListConsumerGroupsAsync()).Valid, group => group.GroupId == topic);
    }

    private static IConsumer<string, string> Member(string servers, string topic, PartitionAssignmentStrategy assignor)
    {
        var consumer = TestClient.Consumer(servers, topic, config => (config.PartitionAssignmentStrategy, config.EnablePartitionEof, config.HeartbeatIntervalMs) = (assignor, false, 200));
        consumer.Subscribe(topic);
        return consumer;
    }

    private static bool Poll(params IConsumer<string, string>[] members)
    {
        foreach (var member in members)
            member.Consume(TimeSpan.FromMilliseconds(50));
        return true;
    }

    private static Error? Failure(IConsumer<string, string> member)
    {
        try
        {
            member.Consume(TimeSpan.FromMilliseconds(50));
            return null;
        }
        catch (ConsumeException exception)
        {
            return exception.Error;
        }
    }

    private async Task<string> FillAsync(BrokerKind kind, string purpose, int partitions, int records)
    {
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync(purpose, partitions);
        Fill(broker.BootstrapServers, topic, records);
        return topic;
    }

    private static void Fill(string servers, string topic, int records)
    {
        using var producer = TestClient.Producer(servers);
        for (var i = 0; i < records; i++)
            producer.Produce(topic, new Message<string, string> { Key = $"{i}", Value = $"{i}" });
        producer.Flush(TimeSpan.FromSeconds(60));
    }
}
