using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>The same keys, produced by Java, Node.js, kcat and .NET, lie in the same partitions: murmur2 everywhere.</summary>
[JudgedBy("ConsoleProducer, kafkajs, kcat, Confluent.Kafka")]
public sealed class PartitionerTests(JudgedBrokers brokers)
{
    private const int Partitions = 12;

    // Lengths on both sides of murmur2's four-byte blocks, and keys of more than one byte per character.
    private static readonly string[] Keys =
        [.. Enumerable.Range(0, 300).Select(i => $"{new string("aö€"[i % 3], i % 9)}{i}"), "HOU-01", "visitor/4711", "ключ", "鍵"];

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Keys_OfFourClients_LandInTheSamePartitions(BrokerKind kind)
    {
        Assert.SkipUnless(Requires.Kcat, Requires.KcatReason);
        Assert.SkipUnless(Requires.Node, Requires.NodeReason);
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);

        var java = await PartitionsAsync(broker, topic => ProduceWithJavaAsync(broker, topic, stop), stop);
        var kcat = await PartitionsAsync(broker, topic => ProduceWithKcatAsync(broker, topic, stop), stop);
        var node = await PartitionsAsync(broker, topic => ProduceWithNodeAsync(broker, topic, stop), stop);
        var dotnet = await PartitionsAsync(broker, topic => ProduceWithDotNetAsync(broker, topic, stop), stop);

        Assert.Equal(Keys.Length, java.Count);
        Assert.Equal(Partitions, java.Values.Distinct().Count());
        Assert.Equal(java, kcat);
        Assert.Equal(java, node);
        Assert.Equal(java, dotnet);
    }

    private static async Task<SortedDictionary<string, int>> PartitionsAsync(JudgedBroker broker, Func<string, Task> produce, CancellationToken stop)
    {
        var topic = await broker.CreateTopicAsync("murmur2", Partitions);
        await produce(topic);
        var records = await Kcat.ConsumeAllAsync(broker.BootstrapServers, topic, stop: stop);
        return new(records.ToDictionary(record => record.Key!, record => record.Partition), StringComparer.Ordinal);
    }

    private static async Task ProduceWithJavaAsync(JudgedBroker broker, string topic, CancellationToken stop)
    {
        string[] arguments =
        [
            "--bootstrap-server", broker.BootstrapServers, "--topic", topic, "--reader-property", "parse.key=true", "--reader-property", "key.separator==",
        ];
        var input = string.Concat(Keys.Select(key => $"{key}=v\n"));
        (await KafkaTool.RunAsync("org.apache.kafka.tools.ConsoleProducer", arguments, input, stop: stop)).EnsureSuccess();
    }

    private static Task ProduceWithKcatAsync(JudgedBroker broker, string topic, CancellationToken stop) =>
        Kcat.ProduceAsync(
            broker.BootstrapServers, topic, Keys.Select(key => $"{key}=v"), keyed: true, ["-X", "topic.partitioner=murmur2_random"], stop);

    private static Task<object> ProduceWithNodeAsync(JudgedBroker broker, string topic, CancellationToken stop) =>
        NodeClient.RunAsync<object>(
            "kafkajs-produce.mjs",
            new
            {
                Brokers = broker.BootstrapServers,
                Topic = topic,
                Idempotent = false,
                Compression = "None",
                BatchSize = 1_000,
                Records = Keys.Select(key => new { Key = key, Value = "v" }),
            },
            stop);

    private static async Task ProduceWithDotNetAsync(JudgedBroker broker, string topic, CancellationToken stop)
    {
        var configuration = new ProducerConfig { BootstrapServers = broker.BootstrapServers, Partitioner = Partitioner.Murmur2Random };
        using var producer = new ProducerBuilder<string, string>(configuration).Build();
        await Task.WhenAll(Keys.Select(key => producer.ProduceAsync(topic, new Message<string, string> { Key = key, Value = "v" }, stop)));
    }
}
