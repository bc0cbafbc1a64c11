using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>One group whose members are of four client libraries: they agree on an assignor and share the partitions.</summary>
[JudgedBy("VerifiableConsumer, kafkajs, @platformatic/kafka, Confluent.Kafka")]
public sealed class MixedGroupTests(JudgedBrokers brokers)
{
    private const int Partitions = 8;
    private const int Members = 4;
    private const int PerPartition = 25;

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Group_OfFourLibraries_SharesPartitionsAndCommitsEveryRecord(BrokerKind kind)
    {
        Assert.SkipUnless(Requires.Node, Requires.NodeReason);
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("mixed", Partitions);
        using var admin = TestClient.Admin(broker.BootstrapServers);
        await using var java = KafkaTool.Start(
            "org.apache.kafka.tools.VerifiableConsumer",
            [
                "--bootstrap-server", broker.BootstrapServers, "--topic", topic, "--group-id", topic, "--reset-policy", "earliest",
                "--assignment-strategy", "org.apache.kafka.clients.consumer.RoundRobinAssignor",
            ]);
        await using var kafkaJs = NodeClient.Start("kafkajs-member.mjs", broker.BootstrapServers, topic);
        await using var platformatic = NodeClient.Start("platformatic-member.mjs", broker.BootstrapServers, topic);
        using var librdkafka = TestClient.Consumer(broker.BootstrapServers, topic, config =>
            (config.PartitionAssignmentStrategy, config.EnableAutoCommit, config.AutoCommitIntervalMs, config.EnablePartitionEof) = (PartitionAssignmentStrategy.RoundRobin, true, 200, false));
        librdkafka.Subscribe(topic);

        var shares = await Eventually.ValueAsync(
            async _ => Poll(librdkafka, GroupView.Shares(await GroupView.FindAsync(admin, topic))),
            found => found.Count == Members && found.All(share => share.Count == Partitions / Members),
            "a share for each member",
            TimeSpan.FromMinutes(2),
            stop);
        Produce(broker, topic);
        await Eventually.ValueAsync(
            async _ => Poll(librdkafka, await CommittedAsync(admin, topic)), committed => committed == Partitions * PerPartition, "a commit of every record", stop: stop);
        librdkafka.Close();

        Assert.Equal(Partitions, shares.SelectMany(share => share).Distinct().Count());
    }

    private static T Poll<T>(IConsumer<string, string> member, T seen)
    {
        member.Consume(TimeSpan.FromMilliseconds(50));
        return seen;
    }

    private static async Task<long> CommittedAsync(IAdminClient admin, string group) =>
        (await admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions(group, null)]))[0].Partitions.Where(partition => partition.Offset.Value > 0).Sum(partition => partition.Offset.Value);

    private static void Produce(JudgedBroker broker, string topic)
    {
        using var producer = TestClient.Producer(broker.BootstrapServers);
        for (var i = 0; i < Partitions * PerPartition; i++)
            producer.Produce(new TopicPartition(topic, i % Partitions), new() { Key = $"{i}", Value = $"{i}" });
        producer.Flush(TimeSpan.FromSeconds(60));
    }
}
