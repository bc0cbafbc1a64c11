using System.Diagnostics;
using System.Net.Sockets;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Clients;

public sealed class LibraryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Brokers_RunBesideEachOther_AndLeaveNothingBehind()
    {
        var brokers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => LocalKafkaBroker.StartAsync(stop: Stop)));

        foreach (var broker in brokers)
        {
            await TestClient.CreateTopicAsync(broker.BootstrapServers, "same-name");
            using var producer = TestClient.Producer(broker.BootstrapServers);
            var stored = await producer.ProduceAsync("same-name", new() { Key = "k", Value = broker.BootstrapServers }, Stop);
            Assert.Equal(0, stored.Offset.Value);
        }

        Assert.Equal(8, brokers.Select(broker => broker.BootstrapServers).Distinct().Count());
        foreach (var broker in brokers)
            await broker.DisposeAsync();
        Assert.All(brokers, broker => Assert.False(Directory.Exists(broker.DataDirectory)));
    }

    [Fact]
    public async Task Start_IsQuick()
    {
        // Until one start had the processor to itself, which on a busy machine may take some tries.
        await Eventually.ValueAsync(
            async stop =>
            {
                var clock = Stopwatch.StartNew();
                await using var broker = await LocalKafkaBroker.StartAsync(stop: stop);
                return clock.Elapsed;
            },
            elapsed => elapsed < TimeSpan.FromMilliseconds(50),
            "a start within 50 ms",
            stop: Stop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart_KeepsPortRecordsTopicsAndOffsets(bool orderly)
    {
        await using var broker = await LocalKafkaBroker.StartAsync(stop: Stop);
        var servers = broker.BootstrapServers;
        await TestClient.CreateTopicAsync(servers, "kept", partitions: 2);
        using var producer = TestClient.Producer(servers);
        for (var i = 0; i < 100; i++)
            await producer.ProduceAsync("kept", new() { Key = $"{i}", Value = $"{i}" }, Stop);
        using var consumer = TestClient.Consumer(servers);
        consumer.Commit([new("kept", 1, 17)]);

        await (orderly ? broker.StopAsync() : broker.AbandonAsync());
        await broker.RestartAsync(Stop);
        for (var i = 100; i < 120; i++)
            await producer.ProduceAsync("kept", new() { Key = $"{i}", Value = $"{i}" }, Stop);

        Assert.Equal(servers, broker.BootstrapServers);
        Assert.Equal(Enumerable.Range(0, 120), TestClient.ReadAll(servers, "kept", 2).Select(record => int.Parse(record.Message.Value)).Order());
        Assert.Equal(17, consumer.Committed([new("kept", 1)], TimeSpan.FromSeconds(60))[0].Offset.Value);
    }

    [Fact]
    public async Task Folder_OfAnotherBroker_IsRefused()
    {
        using var folder = new TempFolder("kafka-locked");
        await using var first = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { DataDirectory = folder.Path }, Stop);

        var refused = await Assert.ThrowsAsync<DataDirectoryException>(() => LocalKafkaBroker.StartAsync(new LocalKafkaOptions { DataDirectory = folder.Path }, Stop));

        Assert.Contains("in use by another broker", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_OfAnotherBroker_IsRefused_AndTheFolderIsFreeAgain()
    {
        using var folder = new TempFolder("kafka-port");
        await using var first = await LocalKafkaBroker.StartAsync(stop: Stop);

        await Assert.ThrowsAsync<SocketException>(() => LocalKafkaBroker.StartAsync(new LocalKafkaOptions { DataDirectory = folder.Path, Port = first.Port }, Stop));

        await using var second = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { DataDirectory = folder.Path }, Stop);
        Assert.NotEqual(first.Port, second.Port);
    }

    [Fact]
    public async Task Options_OutOfRange_AreAllNamed()
    {
        var options = new LocalKafkaOptions { Port = -1, DefaultPartitions = 0, FlushInterval = TimeSpan.Zero };

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => LocalKafkaBroker.StartAsync(options, Stop));

        Assert.All(new[] { "Port", "DefaultPartitions", "FlushInterval" }, name => Assert.Contains(name, refused.Message, StringComparison.Ordinal));
    }
}
