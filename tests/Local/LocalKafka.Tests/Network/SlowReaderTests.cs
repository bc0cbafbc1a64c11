using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.LocalKafka.Tests.Hosting;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Network;

public sealed class SlowReaderTests
{
    private const string Topic = "large";
    private const int Records = 64;
    private const int RecordBytes = 512 * 1024;
    private const int Readers = 40;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>40 answers of 32 MiB would be more than 1 GiB, were they held in memory.</summary>
    [Fact]
    public async Task ReadersThatDoNotRead_CostNoMemory_AndGetAllOfIt_WhenTheyDo()
    {
        using var folder = new TempFolder("kafka-slow");
        var port = FreePort.Next();
        await using var broker = await HostProcess.StartAsync(port, folder.Path, Stop);
        var servers = $"127.0.0.1:{port}";
        await TestClient.CreateTopicAsync(servers, Topic);
        using var producer = TestClient.Producer(servers);
        for (var i = 0; i < Records; i++)
            await producer.ProduceAsync(Topic, new() { Key = "k", Value = new string('x', RecordBytes) }, Stop);
        var before = broker.PeakResidentBytes;

        var readers = new List<RawClient>();
        for (var i = 0; i < Readers; i++)
        {
            readers.Add(await RawClient.ConnectAsync(port, Stop));
            await readers[^1].SendFrameAsync(RawRequests.Fetch(Topic, maxWaitMs: 0, maxBytes: 1 << 30), Stop);
        }

        await producer.ProduceAsync(Topic, new() { Key = "k", Value = "beside them" }, Stop);
        var answers = new List<int>();
        foreach (var reader in readers)
            answers.Add((await reader.ReceiveFrameAsync(Stop)).Length);

        Assert.All(answers, answer => Assert.InRange(answer, Records * RecordBytes, int.MaxValue));
        Assert.InRange(broker.PeakResidentBytes - before, 0, 64 << 20);
        readers.ForEach(reader => reader.Dispose());
    }
}
