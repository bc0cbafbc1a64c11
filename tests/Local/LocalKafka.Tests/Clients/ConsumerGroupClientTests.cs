using Confluent.Kafka;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Clients;

public sealed class ConsumerGroupClientTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Group_GoesOnWhereItCommitted()
    {
        await FillAsync("resume", partitions: 2, records: 100);
        using (var first = TestClient.Consumer(fixture.Servers, "resume"))
        {
            first.Subscribe("resume");
            Assert.Equal(100, TestClient.Take(first, ends: 2).Count);
            first.Commit();
            first.Close();
        }

        await FillAsync("resume", partitions: 0, records: 10);
        using var second = TestClient.Consumer(fixture.Servers, "resume");
        second.Subscribe("resume");

        Assert.Equal(10, TestClient.Take(second, ends: 2).Count);
        second.Close();
    }

    [Theory]
    [InlineData(PartitionAssignmentStrategy.Range)]
    [InlineData(PartitionAssignmentStrategy.CooperativeSticky)]
    public async Task Partitions_AreShared_AndTakenOverWhenAMemberLeaves(PartitionAssignmentStrategy strategy)
    {
        var topic = $"shared-{strategy}";
        await FillAsync(topic, partitions: 4, records: 40);
        using var first = Member(topic, strategy);
        using var second = Member(topic, strategy);
        await Eventually.TrueAsync(() => Poll(first, second) && first.Assignment.Count == 2 && second.Assignment.Count == 2, "two partitions each", stop: Stop);

        second.Close();

        await Eventually.TrueAsync(() => Poll(first) && first.Assignment.Count == 4, "all partitions with the member that is left", TimeSpan.FromSeconds(30), Stop);
        first.Close();
    }

    [Fact]
    public async Task Members_WithoutACommonAssignor_GetAnError_AndTheGroupLives()
    {
        await FillAsync("disagree", partitions: 2, records: 10);
        using var first = Member("disagree", PartitionAssignmentStrategy.Range);
        await Eventually.TrueAsync(() => Poll(first) && first.Assignment.Count == 2, "an assignment", stop: Stop);

        using var second = Member("disagree", PartitionAssignmentStrategy.CooperativeSticky);
        await Eventually.TrueAsync(() => Failure(second)?.Code == ErrorCode.InconsistentGroupProtocol, "INCONSISTENT_GROUP_PROTOCOL", stop: Stop);

        Assert.True(Poll(first) && first.Assignment.Count == 2);
        first.Close();
    }

    [Fact]
    public async Task Groups_AreListedDescribedAndDeleted()
    {
        await FillAsync("admin", partitions: 1, records: 10);
        using var admin = TestClient.Admin(fixture.Servers);
        using (var member = Member("admin", PartitionAssignmentStrategy.Range))
        {
            await Eventually.TrueAsync(() => Poll(member) && member.Assignment.Count == 1, "an assignment", stop: Stop);
            member.Commit([new TopicPartitionOffset("admin", 0, 5)]);
            var described = await admin.DescribeConsumerGroupsAsync(["admin"]);
            Assert.Equal((ConsumerGroupState.Stable, 1), (described.ConsumerGroupDescriptions[0].State, described.ConsumerGroupDescriptions[0].Members.Count));
            Assert.Contains((await admin.ListConsumerGroupsAsync()).Valid, group => group.GroupId == "admin");
            member.Close();
        }

        var offsets = await admin.ListConsumerGroupOffsetsAsync([new("admin", null)]);
        Assert.Equal(5, offsets[0].Partitions[0].Offset.Value);
        await admin.DeleteGroupsAsync(["admin"]);
        Assert.DoesNotContain((await admin.ListConsumerGroupsAsync()).Valid, group => group.GroupId == "admin");
    }

    private IConsumer<string, string> Member(string topic, PartitionAssignmentStrategy strategy)
    {
        var consumer = TestClient.Consumer(fixture.Servers, topic, config => (config.PartitionAssignmentStrategy, config.EnablePartitionEof, config.HeartbeatIntervalMs) = (strategy, false, 200));
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

    private async Task FillAsync(string topic, int partitions, int records)
    {
        if (partitions > 0)
            await TestClient.CreateTopicAsync(fixture.Servers, topic, partitions);
        using var producer = TestClient.Producer(fixture.Servers);
        for (var i = 0; i < records; i++)
            producer.Produce(topic, new Message<string, string> { Key = $"{i}", Value = $"{i}" });
        producer.Flush(TimeSpan.FromSeconds(60));
    }
}
