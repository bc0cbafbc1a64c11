using System.Globalization;
using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Judges;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Hosting;

/// <summary>kill -9 of the broker at random moments. <c>LOCALKAFKA_CRASH_ROUNDS</c> sets how often; 4 by default.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Partitions = 3;
    private const int MostRecordsBetweenCrashes = 4_000;
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("LOCALKAFKA_CRASH_ROUNDS") ?? "4", CultureInfo.InvariantCulture);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("interval")]
    [InlineData("acknowledge")]
    public async Task KillMinus9_UnderIdempotentLoad_LosesAndDuplicatesNothing(string fsync)
    {
        using var folder = new TempFolder("kafka-crash");
        var random = new Random();
        await using var broker = await CrashingBroker.StartAsync(folder.Path, fsync, Stop);
        await TestClient.CreateTopicAsync(broker.Servers, "load", Partitions);
        using var producer = TestClient.Producer(broker.Servers, config => config.ReconnectBackoffMaxMs = 200);
        using var load = new IdempotentLoad(producer, "load");
        for (var round = 0; round < Rounds; round++)
        {
            var until = load.Acknowledged + random.Next(1, MostRecordsBetweenCrashes);
            await Eventually.TrueAsync(() => load.Acknowledged >= until, $"{until} records in round {round}", TimeSpan.FromSeconds(120), Stop);
            await broker.CrashAsync();
        }

        await load.FinishAsync();

        Assert.Empty(load.Failures);
        var stored = TestClient.ReadAll(broker.Servers, "load", Partitions);
        output.WriteLine($"{broker.Crashes} times kill -9, fsync {fsync}: {load.Sent} records sent, {load.Acknowledged} acknowledged, {stored.Count} stored.");
        Assert.Equal(load.Sent, stored.Count);
        AssertInOrder(stored);
        if (Requires.KafkaHome)
            (await SegmentDump.ReadFolderAsync(folder.Path)).AssertValid();
    }

    /// <summary>Each key's records are 0, 1, 2...: none lost, none twice, none out of order.</summary>
    private static void AssertInOrder(List<ConsumeResult<string, string>> stored)
    {
        foreach (var ofKey in stored.GroupBy(record => record.Message.Key))
            Assert.Equal(Enumerable.Range(0, ofKey.Count()), ofKey.Select(record => int.Parse(record.Message.Value)));
    }
}
