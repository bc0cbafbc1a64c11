using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Hosting;

/// <summary>kill -9 of a broker that compacts all the time under load: no key loses its last value, and none goes back to an earlier one.</summary>
public sealed class CompactionCrashTests(ITestOutputHelper output)
{
    private const int Rounds = 6;
    private static readonly Dictionary<string, string> Configs = new()
    {
        ["cleanup.policy"] = "compact",
        ["segment.ms"] = "20",
        ["min.cleanable.dirty.ratio"] = "0.01",
        ["delete.retention.ms"] = "0",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("interval")]
    [InlineData("acknowledge")]
    public async Task LastValues_UnderKillMinus9_AreThose_ThatWereSent(string fsync)
    {
        using var folder = new TempFolder("kafka-compaction-crash");
        var random = new Random();
        await using var broker = await CrashingBroker.StartAsync(folder.Path, fsync, Stop, "--log-cleaner-backoff-ms", "10");
        await TestClient.CreateTopicAsync(broker.Servers, "load", configs: Configs);
        using var producer = TestClient.Producer(broker.Servers, config => config.ReconnectBackoffMaxMs = 200);
        using var load = new IdempotentLoad(producer, "load");
        for (var round = 0; round < Rounds; round++)
        {
            var until = load.Acknowledged + random.Next(1, 20_000);
            await Eventually.TrueAsync(() => load.Acknowledged >= until, $"{until} records in round {round}", TimeSpan.FromSeconds(120), Stop);
            await broker.CrashAsync();
        }

        await load.FinishAsync();
        await broker.CrashAsync();

        Assert.Empty(load.Failures);
        var stored = TestClient.ReadAll(broker.Servers, "load");
        output.WriteLine($"{broker.Crashes} times kill -9, fsync {fsync}: {load.Sent} records sent, {stored.Count} left.");
        Assert.True(stored.Count < load.Sent / 2, $"{stored.Count} of {load.Sent} records are left; compaction has not run.");
        Assert.All(stored.GroupBy(record => record.Message.Key), key =>
        {
            var values = key.Select(record => int.Parse(record.Message.Value)).ToList();
            Assert.Equal(values.Order(), values);
            Assert.Equal(values.Distinct().Count(), values.Count);
            Assert.Equal((load.Sent - 1 - int.Parse(key.Key[1..])) / IdempotentLoad.Keys, values[^1]);
        });
        Assert.Equal(IdempotentLoad.Keys, stored.Select(record => record.Message.Key).Distinct().Count());
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "load-0"), "*.swap"));
    }
}
