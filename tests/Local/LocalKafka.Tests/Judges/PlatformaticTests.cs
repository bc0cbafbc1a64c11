using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>@platformatic/kafka 1.35: a second Node.js client, which asks for newer API versions.</summary>
[JudgedBy("@platformatic/kafka")]
public sealed class PlatformaticTests(JudgedBrokers brokers)
{
    public static MatrixTheoryData<BrokerKind, bool> BrokersAndModes { get; } = new(Enum.GetValues<BrokerKind>(), [false, true]);

    [Theory(Skip = Requires.NodeReason, SkipUnless = nameof(Requires.Node), SkipType = typeof(Requires))]
    [MemberData(nameof(BrokersAndModes))]
    public async Task Records_ProducedAndConsumedByGroup_AreExact(BrokerKind kind, bool idempotent)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var topic = await broker.CreateTopicAsync("platformatic");
        var sent = NodeRecord.Numbered(1_000);

        var received = await NodeClient.RunAsync<ConsumedNodeRecord[]>(
            "platformatic.mjs",
            new
            {
                Brokers = broker.BootstrapServers,
                Topic = topic,
                Group = $"group-{topic}",
                Idempotent = idempotent,
                Compression = "gzip",
                Records = sent,
                DeadlineMs = NodeClient.Deadline.TotalMilliseconds,
            },
            stop);

        Assert.Equal(sent.Select(record => record.ToString()).Order(), received.Select(record => record.Content).Order());
    }
}
