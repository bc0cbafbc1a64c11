using System.Globalization;
using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Hosting;

/// <summary>kill -9 of the broker, again and again, under Kafka's TransactionalMessageCopier with random aborts: the committed output equals the input.</summary>
public sealed class CopierCrashTests(ITestOutputHelper output)
{
    private const int Partitions = 2;
    private const int TransactionSize = 50;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [InlineData("interval", 12_000)]
    [InlineData("acknowledge", 6_000)]
    public Task Output_UnderKillMinus9_EqualsTheInput(string fsync, int records) => CopyAsync(fsync, records, killEvery: records / 4);

    /// <summary>The long form; <c>LOCALKAFKA_COPIER_RECORDS</c> sets how long.</summary>
    [Theory(Explicit = true)]
    [InlineData("interval")]
    [InlineData("acknowledge")]
    public Task Output_UnderManyKills_EqualsTheInput(string fsync) =>
        CopyAsync(fsync, int.Parse(Environment.GetEnvironmentVariable("LOCALKAFKA_COPIER_RECORDS") ?? "200000", CultureInfo.InvariantCulture), killEvery: 3_000);

    private async Task CopyAsync(string fsync, int records, int killEvery)
    {
        using var folder = new TempFolder("kafka-copier");
        await using var broker = await CrashingBroker.StartAsync(folder.Path, fsync, Stop);
        await FillAsync(broker.Servers, records);
        var copying = Task.WhenAll(Enumerable.Range(0, Partitions).Select(partition => CopyPartitionAsync(broker.Servers, partition)));

        for (var written = killEvery; !copying.IsCompleted; written += killEvery)
        {
            await Eventually.TrueAsync(() => copying.IsCompleted || Written(broker.Servers) > written, $"{written} records in the output", TimeSpan.FromSeconds(120), Stop);
            await broker.CrashAsync();
        }

        var copiers = await copying;
        await broker.CrashAsync();
        output.WriteLine($"{records} records, {broker.Crashes} times kill -9, {copiers.Sum()} starts of {Partitions} copiers.");
        Assert.Equal(Content(broker.Servers, "in"), Content(broker.Servers, "out"));
        Assert.True(broker.Crashes > 3, $"The broker crashed {broker.Crashes} times only.");
        (await SegmentDump.ReadFolderAsync(folder.Path)).AssertValid();
    }

    private static async Task FillAsync(string servers, int records)
    {
        await TestClient.CreateTopicAsync(servers, "in", Partitions);
        await TestClient.CreateTopicAsync(servers, "out", Partitions);
        using var producer = TestClient.Producer(servers);
        for (var i = 0; i < records; i++)
            producer.Produce(new TopicPartition("in", i % Partitions), new() { Key = $"{i % Partitions}", Value = $"{i}" });
        producer.Flush(TimeSpan.FromSeconds(60));
    }

    /// <summary>Kafka's system tests start a copier again that gave up; its transactional id fences what it left.</summary>
    private static async Task<int> CopyPartitionAsync(string servers, int partition)
    {
        const int Attempts = 20;
        var arguments = Copier.Arguments(servers, "in", partition, "out", TransactionSize);
        for (var attempt = 1; ; attempt++)
        {
            var result = await KafkaTool.RunAsync(Copier.Class, arguments, timeout: TimeSpan.FromMinutes(30), stop: Stop);
            if (result.ExitCode == 0)
                return attempt;
            if (attempt == Attempts)
                result.EnsureSuccess();
        }
    }

    private static long Written(string servers)
    {
        using var consumer = TestClient.Consumer(servers);
        return Enumerable.Range(0, Partitions).Sum(partition => consumer.QueryWatermarkOffsets(new("out", partition), TimeSpan.FromSeconds(60)).High.Value);
    }

    /// <summary>Each key's values in the order they were stored.</summary>
    private static string[] Content(string servers, string topic) =>
        [.. TestClient.ReadAll(servers, topic, Partitions)
            .OrderBy(record => record.Partition.Value).ThenBy(record => record.Offset.Value)
            .GroupBy(record => record.Message.Key).OrderBy(key => key.Key)
            .Select(key => $"{key.Key}: {string.Join(' ', key.Select(record => record.Message.Value))}")];
}
