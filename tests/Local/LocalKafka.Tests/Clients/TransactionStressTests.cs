using System.Collections.Concurrent;
using System.Globalization;
using Confluent.Kafka;

namespace EventSourcing.LocalKafka.Tests.Clients;

/// <summary>Readers of committed records that run beside producers of transactions, half of which abort, over segments that roll.</summary>
public sealed class TransactionStressTests
{
    private const int Producers = 3;
    private const int Transactions = 120;
    private const int RecordsEach = 4;
    private const int Partitions = 2;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly string Filler = new('x', 4_000);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LiveReader_SeesCommittedTransactionsOnly_WholeAndInOrder()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        await TestClient.CreateTopicAsync(broker.BootstrapServers, "stress", Partitions, new() { ["segment.bytes"] = "1048576" });
        var expected = new ConcurrentBag<string>();
        using var done = new CancellationTokenSource();

        var reading = Task.Run(() => Read(broker.BootstrapServers, done.Token), Stop);
        await Task.WhenAll(Enumerable.Range(0, Producers).Select(producer => Task.Run(() => Produce(broker.BootstrapServers, producer, expected), Stop)));
        await done.CancelAsync();
        var seen = await reading;

        Assert.Equal(expected.Order(), seen.Select(record => Name(record.Message.Value)).Order());
        Assert.All(seen.GroupBy(record => (record.Message.Key, record.Partition.Value)), records => Assert.Equal(records.Select(Number).Order(), records.Select(Number)));
    }

    private static void Produce(string servers, int id, ConcurrentBag<string> expected)
    {
        using var producer = TestClient.TransactionalProducer(servers, $"stress-{id}");
        var random = new Random(id);
        for (var i = 0; i < Transactions; i++)
        {
            var commit = random.Next(2) == 0;
            var names = Enumerable.Range(i * RecordsEach, RecordsEach).Select(number => string.Create(CultureInfo.InvariantCulture, $"{id}:{number}:{commit}")).ToArray();
            producer.BeginTransaction();
            foreach (var name in names)
                producer.Produce(new TopicPartition("stress", random.Next(Partitions)), new() { Key = $"{id}", Value = $"{name}|{Filler}" });
            if (commit)
                producer.CommitTransaction(Timeout);
            else
                producer.AbortTransaction(Timeout);
            foreach (var name in names.Where(_ => commit))
                expected.Add(name);
        }
    }

    /// <summary>Reads from the start until, after the producers are done, every partition has come to its end.</summary>
    private static List<ConsumeResult<string, string>> Read(string servers, CancellationToken producersDone)
    {
        using var consumer = TestClient.Consumer(servers, configure: config => (config.FetchWaitMaxMs, config.MaxPartitionFetchBytes) = (20, 20_000));
        consumer.Assign(Enumerable.Range(0, Partitions).Select(i => new TopicPartitionOffset("stress", i, Offset.Beginning)));
        var records = new List<ConsumeResult<string, string>>();
        while (!producersDone.IsCancellationRequested)
        {
            if (consumer.Consume(TimeSpan.FromMilliseconds(20)) is { IsPartitionEOF: false } result)
                records.Add(result);
        }

        var positions = Enumerable.Range(0, Partitions).Select(i => new TopicPartitionOffset("stress", i, consumer.Position(new("stress", i)) is { IsSpecial: false } at ? at : Offset.Beginning)).ToList();
        consumer.Assign(positions);
        return [.. records, .. TestClient.Take(consumer, Partitions)];
    }

    private static string Name(string value) => value[..value.IndexOf('|', StringComparison.Ordinal)];

    private static int Number(ConsumeResult<string, string> record) => int.Parse(record.Message.Value.Split(':')[1], CultureInfo.InvariantCulture);
}
