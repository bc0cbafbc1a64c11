using Confluent.Kafka;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Clients;

public sealed class DeleteRecordsRestartTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_AfterDeleteRecords_IsKeptOverAStopAndACrash_AndOldSegmentsAreGone(bool orderly)
    {
        using var folder = new TempFolder("kafka-delete-records");
        await using var kafka = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { DataDirectory = folder.Path }, TestContext.Current.CancellationToken);
        await TestClient.CreateTopicAsync(kafka.BootstrapServers, "t", configs: new() { ["segment.bytes"] = "1048576" });
        using var producer = TestClient.Producer(kafka.BootstrapServers);
        for (var i = 0; i < 400; i++)
            producer.Produce("t", new Message<string, string> { Key = "k", Value = new string('x', 10_000) });
        producer.Flush(TestContext.Current.CancellationToken);
        using (var admin = TestClient.Admin(kafka.BootstrapServers))
            await admin.DeleteRecordsAsync([new TopicPartitionOffset("t", 0, 333)]);

        if (orderly)
            await kafka.StopAsync();
        else
            await kafka.AbandonAsync();
        await kafka.RestartAsync(TestContext.Current.CancellationToken);

        var records = TestClient.ReadAll(kafka.BootstrapServers, "t");
        Assert.Equal(Enumerable.Range(333, 67).Select(i => (long)i), records.Select(record => record.Offset.Value));
        Assert.False(File.Exists(Path.Combine(folder.Path, "t-0", "00000000000000000000.log")));
        Assert.InRange(Directory.GetFiles(Path.Combine(folder.Path, "t-0"), "*.log").Length, 1, 2);
    }
}
