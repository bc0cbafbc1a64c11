using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Hosting;

public sealed class CrashTests
{
    private const int Rounds = 4;
    private const int Partitions = 3;
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("interval")]
    [InlineData("acknowledge")]
    public async Task KillMinus9_UnderIdempotentLoad_LosesAndDuplicatesNothing(string fsync)
    {
        using var folder = new TempFolder("kafka-crash");
        var port = FreePort.Next();
        var servers = $"127.0.0.1:{port}";
        var process = await HostProcess.StartAsync(port, folder.Path, Stop, "--fsync", fsync);
        try
        {
            await TestClient.CreateTopicAsync(servers, "load", Partitions);
            using var producer = TestClient.Producer(servers, config => config.ReconnectBackoffMaxMs = 200);
            using var load = new IdempotentLoad(producer, "load");
            for (var round = 0; round < Rounds; round++)
            {
                var before = load.Acknowledged;
                await Eventually.TrueAsync(() => load.Acknowledged > before + 2_000, "2000 more records", TimeSpan.FromSeconds(120), Stop);
                await process.KillAsync();
                await process.DisposeAsync();
                process = await HostProcess.StartAsync(port, folder.Path, Stop, "--fsync", fsync);
            }

            await load.FinishAsync();

            Assert.Empty(load.Failures);
            var stored = TestClient.ReadAll(servers, "load", Partitions);
            Assert.Equal(load.Sent, stored.Count);
            AssertInOrder(stored);
        }
        finally
        {
            await process.DisposeAsync();
        }
    }

    /// <summary>Each key's records are 0, 1, 2...: none lost, none twice, none out of order.</summary>
    private static void AssertInOrder(List<ConsumeResult<string, string>> stored)
    {
        foreach (var ofKey in stored.GroupBy(record => record.Message.Key))
            Assert.Equal(Enumerable.Range(0, ofKey.Count()), ofKey.Select(record => int.Parse(record.Message.Value)));
    }
}
