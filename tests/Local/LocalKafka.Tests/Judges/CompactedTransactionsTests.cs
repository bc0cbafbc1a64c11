using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Compaction of a topic with committed and aborted transactions: consumers of committed records see the last committed value of each key.</summary>
[JudgedBy("Confluent.Kafka, ConsoleProducer, ConsoleConsumer, DumpLogSegments")]
public sealed class CompactedTransactionsTests(JudgedBrokers brokers)
{
    private const int Keys = 5;
    private const int Transactions = 40;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task AbortedValues_AreRemoved_AndShadowNone(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var topic = await CompactedTopic.CreateAsync(await brokers.GetAsync(kind), "compacted-transactions");
        using var producer = TestClient.TransactionalProducer(topic.Broker.BootstrapServers, topic.Name);
        for (var i = 0; i < Transactions; i++)
        {
            producer.BeginTransaction();
            await producer.ProduceAsync(topic.Name, topic.Record($"key-{i % Keys}", $"{i}"), stop);
            if (i % 10 == 9)
                topic.EndSegment();
            if (IsCommitted(i))
                producer.CommitTransaction(Timeout);
            else
                producer.AbortTransaction(Timeout);
        }

        producer.BeginTransaction();
        await producer.ProduceAsync(topic.Name, CompactedTopic.LastRecord(), stop);
        producer.CommitTransaction(Timeout);

        var expected = Enumerable.Range(0, Transactions).Where(IsCommitted).GroupBy(i => i % Keys).Select(key => $"key-{key.Key}={key.Last()}").Append("active=x").Order().ToList();
        await Eventually.TrueAsync(() => Content(topic, IsolationLevel.ReadCommitted).SequenceEqual(expected), "the last committed values", TimeSpan.FromSeconds(90), stop);
        await Eventually.TrueAsync(() => Content(topic, IsolationLevel.ReadUncommitted).SequenceEqual(expected), "no aborted values", TimeSpan.FromSeconds(90), stop);
        (await SegmentDump.ReadAsync(topic.Broker, topic.Name, stop)).AssertValid();
    }

    /// <summary>The last two of each key are aborted.</summary>
    private static bool IsCommitted(int transaction) => transaction % 3 != 0 && transaction < Transactions - (2 * Keys);

    private static IEnumerable<string> Content(CompactedTopic topic, IsolationLevel isolation) =>
        topic.Read(isolation).Select(record => $"{record.Message.Key}={record.Message.Value}").Order();
}
