using Confluent.Kafka;

namespace EventSourcing.LocalKafka.Tests.Clients;

/// <summary>Transactions as librdkafka makes and reads them.</summary>
public sealed class TransactionTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private LocalKafkaBroker _broker = null!;

    private string Servers => _broker.BootstrapServers;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _broker = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { TransactionCheckInterval = TimeSpan.FromMilliseconds(50) });

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Records_OfAnOpenTransaction_AreSeenByUncommittedReadersOnly_UntilItCommits()
    {
        await TestClient.CreateTopicAsync(Servers, "commit", partitions: 2);
        using var producer = TestClient.TransactionalProducer(Servers, "commit");
        producer.BeginTransaction();
        await ProduceAsync(producer, "commit", 20);

        var (committed, uncommitted) = (Read("commit", 2), Read("commit", 2, IsolationLevel.ReadUncommitted));
        producer.CommitTransaction(Timeout);

        Assert.Empty(committed);
        Assert.Equal(20, uncommitted.Length);
        Assert.Equal(uncommitted, Read("commit", 2));
    }

    [Fact]
    public async Task Records_OfAbortedTransactions_AreNeverSeen_AndThoseAroundThemAre()
    {
        await TestClient.CreateTopicAsync(Servers, "abort");
        using var producer = TestClient.TransactionalProducer(Servers, "abort");
        using var other = TestClient.Producer(Servers);
        for (var i = 0; i < 20; i++)
        {
            producer.BeginTransaction();
            await producer.ProduceAsync("abort", new() { Key = "t", Value = $"{i}" }, Stop);
            await other.ProduceAsync("abort", new() { Key = "n", Value = $"n{i}" }, Stop);
            if (i % 2 == 0)
                producer.CommitTransaction(Timeout);
            else
                producer.AbortTransaction(Timeout);
        }

        var values = TestClient.ReadAll(Servers, "abort").Select(record => record.Message.Value);

        Assert.Equal(Enumerable.Range(0, 20).SelectMany(i => i % 2 == 0 ? [$"{i}", $"n{i}"] : new[] { $"n{i}" }), values);
        Assert.Equal(40, Read("abort", 1, IsolationLevel.ReadUncommitted).Length);
    }

    [Fact]
    public async Task SecondProducer_OfTheSameId_AbortsAndFencesTheFirst()
    {
        await TestClient.CreateTopicAsync(Servers, "fence");
        using var first = TestClient.TransactionalProducer(Servers, "fence");
        first.BeginTransaction();
        await ProduceAsync(first, "fence", 5);

        using var second = TestClient.TransactionalProducer(Servers, "fence");
        second.BeginTransaction();
        await second.ProduceAsync("fence", new() { Key = "k", Value = "of the second" }, Stop);
        second.CommitTransaction(Timeout);
        var fenced = await Task.Run(() => Assert.Throws<KafkaException>(() => first.CommitTransaction(Timeout)), Stop);

        Assert.True(fenced.Error.IsFatal, fenced.Error.ToString());
        Assert.Equal(["of the second"], Read("fence"));
    }

    [Fact]
    public async Task Transaction_OverItsTimeout_IsAborted_AndItsProducerFenced()
    {
        await TestClient.CreateTopicAsync(Servers, "timeout");
        using var producer = TestClient.TransactionalProducer(Servers, "timeout", config => config.TransactionTimeoutMs = 1_000);
        using var other = TestClient.Producer(Servers);
        producer.BeginTransaction();
        await ProduceAsync(producer, "timeout", 3);
        await other.ProduceAsync("timeout", new() { Key = "k", Value = "after" }, Stop);

        using var consumer = TestClient.Consumer(Servers);
        consumer.Assign(new TopicPartitionOffset("timeout", 0, Offset.Beginning));
        var read = await Task.Run(() => ReadOne(consumer), Stop);

        Assert.Equal("after", read);
        Assert.Throws<KafkaException>(() => producer.CommitTransaction(Timeout));
    }

    [Fact]
    public async Task ConsumeTransformProduce_MovesOffsetsAndRecordsTogether()
    {
        await TestClient.CreateTopicAsync(Servers, "in");
        await TestClient.CreateTopicAsync(Servers, "out");
        using var source = TestClient.Producer(Servers);
        await ProduceAsync(source, "in", 30);
        using var consumer = TestClient.Consumer(Servers, "transform");
        consumer.Subscribe("in");
        using var producer = TestClient.TransactionalProducer(Servers, "transform");

        var aborted = Transform(producer, consumer, TestClient.Take(consumer, ends: 1));
        producer.AbortTransaction(Timeout);
        var before = Committed(consumer);
        consumer.Seek(new TopicPartitionOffset("in", 0, 0));
        var committed = Transform(producer, consumer, TestClient.Take(consumer, ends: 1));
        producer.CommitTransaction(Timeout);

        Assert.Equal((30, 30), (aborted, committed));
        Assert.Equal((Offset.Unset, new Offset(30)), (before, Committed(consumer)));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i}!"), Read("out"));
    }

    private static int Transform(IProducer<string, string> producer, IConsumer<string, string> consumer, List<ConsumeResult<string, string>> records)
    {
        producer.BeginTransaction();
        foreach (var record in records)
            producer.Produce("out", new() { Key = record.Message.Key, Value = record.Message.Value + "!" });
        producer.SendOffsetsToTransaction(consumer.Assignment.Select(partition => new TopicPartitionOffset(partition, consumer.Position(partition))), consumer.ConsumerGroupMetadata, Timeout);
        return records.Count;
    }

    private static Offset Committed(IConsumer<string, string> consumer) => consumer.Committed(consumer.Assignment, Timeout)[0].Offset;

    private static async Task ProduceAsync(IProducer<string, string> producer, string topic, int count)
    {
        for (var i = 0; i < count; i++)
            await producer.ProduceAsync(topic, new() { Key = $"{i}", Value = $"{i}" }, Stop);
    }

    private static string ReadOne(IConsumer<string, string> consumer)
    {
        var deadline = DateTime.UtcNow + Timeout;
        while (DateTime.UtcNow < deadline)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(200)) is { IsPartitionEOF: false } result)
                return result.Message.Value;
        }

        throw new TimeoutException($"No record within {Timeout}.");
    }

    private string[] Read(string topic, int partitions = 1, IsolationLevel isolation = IsolationLevel.ReadCommitted) =>
        [.. TestClient.ReadAll(Servers, topic, partitions, isolation).OrderBy(record => record.Partition.Value).ThenBy(record => record.Offset.Value).Select(record => record.Message.Value)];
}
