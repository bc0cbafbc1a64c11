using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>kafkajs 2.2: transactions with records and offsets, read back by a consumer of committed records.</summary>
[JudgedBy("kafkajs")]
public sealed class KafkaJsTransactionsTests(JudgedBrokers brokers)
{
    private const int Transactions = 20;

    [Theory(Skip = Requires.NodeReason, SkipUnless = nameof(Requires.Node), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Transactions_CommittedAndAborted_ShowRecordsAndOffsetsOfTheCommitted(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("kafkajs-transactions", partitions: 1);
        var request = new
        {
            Brokers = broker.BootstrapServers,
            Topic = topic,
            TransactionalId = topic,
            Group = $"group-{topic}",
            Transactions,
            DeadlineMs = NodeClient.Deadline.TotalMilliseconds,
        };

        var answer = await NodeClient.RunAsync<Answer>("kafkajs-transactions.mjs", request, stop);

        Assert.Equal(Enumerable.Range(0, Transactions / 2).Select(i => $"{i * 2}"), answer.Values);
        Assert.Equal(Transactions - 2, answer.Committed);
    }

    internal sealed record Answer(string[] Values, long Committed);
}
