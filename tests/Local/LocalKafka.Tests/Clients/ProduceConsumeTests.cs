using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace EventSourcing.LocalKafka.Tests.Clients;

public sealed class ProduceConsumeTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CompressionType.None)]
    [InlineData(CompressionType.Gzip)]
    [InlineData(CompressionType.Snappy)]
    [InlineData(CompressionType.Lz4)]
    [InlineData(CompressionType.Zstd)]
    public async Task Records_OfEveryCodec_ComeBackAsTheyWere(CompressionType codec)
    {
        var topic = $"codec-{codec}";
        await TestClient.CreateTopicAsync(fixture.Servers, topic, partitions: 3);
        using (var producer = TestClient.Producer(fixture.Servers, config => config.CompressionType = codec))
        {
            for (var i = 0; i < 5_000; i++)
                producer.Produce(topic, new Message<string, string> { Key = $"k{i % 50}", Value = $"value {i} {new string('x', 100)}", Headers = TestClient.Headers(("n", $"{i}")) });
            producer.Flush(TimeSpan.FromSeconds(60));
        }

        var records = TestClient.ReadAll(fixture.Servers, topic, partitions: 3);

        Assert.Equal(5_000, records.Count);
        Assert.Equal(Enumerable.Range(0, 5_000), records.Select(Number).Order());
        foreach (var ofKey in records.GroupBy(record => record.Message.Key))
            Assert.Equal(ofKey.Select(Number).Order(), ofKey.Select(Number));
    }

    [Fact]
    public async Task TombstonesEmptyValuesAndTimes_AreKept()
    {
        await TestClient.CreateTopicAsync(fixture.Servers, "edge");
        using var producer = TestClient.Producer(fixture.Servers);
        var time = new Timestamp(DateTimeOffset.FromUnixTimeMilliseconds(1_600_000_000_123));

        await producer.ProduceAsync("edge", new Message<string, string> { Key = "k", Value = null!, Timestamp = time }, Stop);
        await producer.ProduceAsync("edge", new Message<string, string> { Key = null!, Value = "" }, Stop);
        var records = TestClient.ReadAll(fixture.Servers, "edge");

        Assert.Null(records[0].Message.Value);
        Assert.Equal(time, records[0].Message.Timestamp);
        Assert.Equal((null, ""), (records[1].Message.Key, records[1].Message.Value));
    }

    [Fact]
    public async Task Record_AboveTheLimitOfTheTopic_IsRefusedForItselfAlone()
    {
        await TestClient.CreateTopicAsync(fixture.Servers, "small", configs: new() { ["max.message.bytes"] = "1000" });
        using var producer = TestClient.Producer(fixture.Servers, config => config.EnableIdempotence = false);

        var refused = await Assert.ThrowsAsync<ProduceException<string, string>>(() => producer.ProduceAsync("small", new() { Key = "k", Value = new string('x', 2_000) }, Stop));
        var stored = await producer.ProduceAsync("small", new() { Key = "k", Value = "fits" }, Stop);

        Assert.Equal(ErrorCode.MsgSizeTooLarge, refused.Error.Code);
        Assert.Equal(0, stored.Offset.Value);
    }

    [Fact]
    public async Task Record_LargerThanTheFetchLimits_IsStillDelivered()
    {
        await TestClient.CreateTopicAsync(fixture.Servers, "large", configs: new() { ["max.message.bytes"] = "20000000" });
        using (var producer = TestClient.Producer(fixture.Servers, config => config.MessageMaxBytes = 20_000_000))
            await producer.ProduceAsync("large", new() { Key = "k", Value = new string('x', 8_000_000) }, Stop);

        using var consumer = TestClient.Consumer(fixture.Servers, configure: config => (config.FetchMaxBytes, config.MaxPartitionFetchBytes, config.MessageMaxBytes) = (100_000, 50_000, 50_000));
        consumer.Assign(new TopicPartitionOffset("large", 0, Offset.Beginning));

        Assert.Equal(8_000_000, Assert.Single(TestClient.Take(consumer, ends: 1)).Message.Value.Length);
    }

    [Fact]
    public async Task WaitingFetch_WakesUpWithTheRecord()
    {
        await TestClient.CreateTopicAsync(fixture.Servers, "wake");
        using var consumer = TestClient.Consumer(fixture.Servers, configure: config => (config.FetchWaitMaxMs, config.EnablePartitionEof) = (30_000, false));
        using var producer = TestClient.Producer(fixture.Servers, config => config.LingerMs = 0);
        consumer.Assign(new TopicPartitionOffset("wake", 0, Offset.Beginning));
        consumer.Consume(TimeSpan.FromMilliseconds(300));

        var clock = Stopwatch.StartNew();
        await producer.ProduceAsync("wake", new() { Key = "k", Value = "v" }, Stop);
        var record = consumer.Consume(TimeSpan.FromSeconds(25));

        Assert.Equal("v", record?.Message.Value);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"The record came after {clock.Elapsed}.");
    }

    [Fact]
    public async Task OffsetsByTime_AreFound()
    {
        await TestClient.CreateTopicAsync(fixture.Servers, "times");
        using var producer = TestClient.Producer(fixture.Servers);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
        for (var i = 0; i < 20; i++)
            await producer.ProduceAsync("times", new() { Key = "k", Value = $"{i}", Timestamp = new Timestamp(start.AddSeconds(i)) }, Stop);

        using var consumer = TestClient.Consumer(fixture.Servers);
        var found = consumer.OffsetsForTimes([new TopicPartitionTimestamp("times", 0, new Timestamp(start.AddSeconds(12.5)))], TimeSpan.FromSeconds(30));
        var bounds = consumer.QueryWatermarkOffsets(new TopicPartition("times", 0), TimeSpan.FromSeconds(30));

        Assert.Equal(13, found[0].Offset.Value);
        Assert.Equal((0, 20), (bounds.Low.Value, bounds.High.Value));
    }

    private static int Number(ConsumeResult<string, string> record) => int.Parse(Encoding.UTF8.GetString(record.Message.Headers.GetLastBytes("n")));
}
