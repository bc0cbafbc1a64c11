using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges.Compatibility;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>TransactionalMessageCopier, as Kafka's own system tests use it: consume, produce and commit offsets in transactions, some of which it aborts.</summary>
[JudgedBy("TransactionalMessageCopier")]
public sealed class JavaCopierTests(JudgedBrokers brokers)
{
    private const int Count = 2_000;
    private const int TransactionSize = 50;

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [ClassData(typeof(BothBrokers))]
    public async Task Copy_WithRandomAborts_EqualsTheInput_AndTheSegmentFilesAreValid(BrokerKind kind)
    {
        var stop = TestContext.Current.CancellationToken;
        var broker = await brokers.GetAsync(kind);
        var (input, output) = (await broker.CreateTopicAsync("copy-in", partitions: 1), await broker.CreateTopicAsync("copy-out", partitions: 1));
        using var producer = TestClient.Producer(broker.BootstrapServers);
        for (var i = 0; i < Count; i++)
            producer.Produce(input, new() { Key = $"{i % 7}", Value = $"{i}" });
        producer.Flush(TimeSpan.FromSeconds(60));

        string[] arguments = [.. Copier.Arguments(broker.BootstrapServers, input, 0, output, TransactionSize), "--use-group-metadata"];
        (await KafkaTool.RunAsync(Copier.Class, arguments, stop: stop)).EnsureSuccess();

        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), TestClient.ReadAll(broker.BootstrapServers, output).Select(record => record.Message.Value));
        await AssertFilesAsync(broker, output, stop);
    }

    private static async Task AssertFilesAsync(JudgedBroker broker, string topic, CancellationToken stop)
    {
        var segments = broker.SegmentFiles(topic);
        var records = await DumpAsync(segments, ["--print-data-log"], stop);
        Assert.All(records.Where(line => line.Contains("isvalid:", StringComparison.Ordinal)), batch => Assert.Contains("isvalid: true", batch, StringComparison.Ordinal));
        var aborts = AbortsOfRecords(records);
        var aborted = await DumpAsync([.. segments.Select(segment => Path.ChangeExtension(segment, ".txnindex"))], [], stop);
        Assert.InRange(records.Count(line => line.Contains("endTxnMarker: COMMIT", StringComparison.Ordinal)), 1, Count / TransactionSize);
        Assert.Equal(aborts, aborted.Count(line => line.Contains("lastStableOffset", StringComparison.Ordinal)));
        Assert.NotEqual(0, aborts);
    }

    // A transaction that is aborted before its records were sent ends with a marker too, but left nothing for the index to name.
    private static int AbortsOfRecords(string[] lines)
    {
        var (aborts, hasRecords) = (0, false);
        foreach (var line in lines)
        {
            if (line.Contains("isControl: false", StringComparison.Ordinal))
                hasRecords = true;
            if (!line.Contains("endTxnMarker: ", StringComparison.Ordinal))
                continue;
            aborts += hasRecords && line.Contains("endTxnMarker: ABORT", StringComparison.Ordinal) ? 1 : 0;
            hasRecords = false;
        }

        return aborts;
    }

    private static async Task<string[]> DumpAsync(string[] files, string[] more, CancellationToken stop) =>
        (await KafkaTool.RunAsync("org.apache.kafka.tools.DumpLogSegments", ["--files", string.Join(',', files), .. more], stop: stop)).EnsureSuccess().Lines;
}
