using System.Collections.Concurrent;
using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Hosting;

/// <summary>A file system without room: producers are told to try again, consumers read on, and when there is room everything is there once and in order.</summary>
public sealed class FullDiskTests
{
    private const int DiskMegabytes = 24;
    private const int BallastMegabytes = 16;
    private const int Records = 12_000;
    private static readonly string Padding = new('x', 1_000);
    private readonly ConcurrentQueue<string> _failures = [];
    private int _acknowledged;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("interval")]
    [InlineData("acknowledge")]
    public async Task FullDisk_RefusesProducersUntilThereIsRoom_AndLosesNothing(string fsync)
    {
        await using var disk = await SmallDisk.MountAsync(DiskMegabytes, Stop);
        disk.TakeRoom(BallastMegabytes);
        await using var broker = await CrashingBroker.StartAsync(disk.Folder, fsync, Stop);
        await CreateTopicsAsync(broker.Servers);
        using var producer = TestClient.Producer(broker.Servers, config => config.RetryBackoffMs = 50);
        for (var i = 0; i < Records; i++)
            producer.Produce("load", new Message<string, string> { Key = "k", Value = $"{i} {Padding}" }, OnDelivered);

        await UntilRefusedAsync(broker.Servers);
        var whileFull = TestClient.ReadAll(broker.Servers, "load");
        var acknowledged = Volatile.Read(ref _acknowledged);
        disk.GiveRoomBack();
        await Task.Run(() => producer.Flush(TimeSpan.FromSeconds(120)), Stop);
        var after = TestClient.ReadAll(broker.Servers, "load");
        await broker.CrashAsync();

        Assert.InRange(acknowledged, 1_000, Records - 1_000);
        Assert.InRange(whileFull.Count, 1_000, Records - 1_000);
        AssertComplete(whileFull, whileFull.Count);
        Assert.Empty(_failures);
        AssertComplete(after, Records);
        AssertComplete(TestClient.ReadAll(broker.Servers, "load"), Records);
    }

    [Theory]
    [InlineData("interval")]
    [InlineData("acknowledge")]
    public async Task FullDisk_AndKillMinus9_LoseNothing(string fsync)
    {
        await using var disk = await SmallDisk.MountAsync(DiskMegabytes, Stop);
        disk.TakeRoom(BallastMegabytes);
        await using var broker = await CrashingBroker.StartAsync(disk.Folder, fsync, Stop);
        await CreateTopicsAsync(broker.Servers);
        using var producer = TestClient.Producer(broker.Servers, config => (config.RetryBackoffMs, config.ReconnectBackoffMaxMs) = (50, 200));
        for (var i = 0; i < Records; i++)
            producer.Produce("load", new Message<string, string> { Key = "k", Value = $"{i} {Padding}" }, OnDelivered);
        await UntilRefusedAsync(broker.Servers);

        await broker.CrashAsync();
        var whileFull = TestClient.ReadAll(broker.Servers, "load");
        disk.GiveRoomBack();
        await Task.Run(() => producer.Flush(TimeSpan.FromSeconds(120)), Stop);

        AssertComplete(whileFull, whileFull.Count);
        Assert.InRange(whileFull.Count, 1_000, Records - 1_000);
        Assert.Empty(_failures);
        AssertComplete(TestClient.ReadAll(broker.Servers, "load"), Records);
    }

    /// <summary>Small segments, so that they also end on the full disk.</summary>
    private static async Task CreateTopicsAsync(string servers)
    {
        await TestClient.CreateTopicAsync(servers, "load", configs: new Dictionary<string, string> { ["segment.bytes"] = "1048576" });
        await TestClient.CreateTopicAsync(servers, "probe");
    }

    /// <summary>A producer that does not try again is told what the others retry.</summary>
    private static async Task UntilRefusedAsync(string servers)
    {
        using var probe = TestClient.Producer(servers, config => (config.EnableIdempotence, config.MessageSendMaxRetries) = (false, 0));
        await Eventually.TrueAsync(RefusedAsync, "KAFKA_STORAGE_ERROR", TimeSpan.FromSeconds(60), Stop);

        async Task<bool> RefusedAsync(CancellationToken stop)
        {
            try
            {
                await probe.ProduceAsync("probe", new Message<string, string> { Key = "p", Value = Padding }, stop);
                return false;
            }
            catch (ProduceException<string, string> exception)
            {
                Assert.Equal(ErrorCode.KafkaStorageError, exception.Error.Code);
                Assert.True(exception.Error.IsBrokerError);
                return true;
            }
        }
    }

    private static void AssertComplete(List<ConsumeResult<string, string>> stored, int count) =>
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i} {Padding}"), stored.Select(record => record.Message.Value));

    private void OnDelivered(DeliveryReport<string, string> report)
    {
        if (report.Error.IsError)
            _failures.Enqueue($"{report.Offset}: {report.Error}");
        Interlocked.Increment(ref _acknowledged);
    }
}
