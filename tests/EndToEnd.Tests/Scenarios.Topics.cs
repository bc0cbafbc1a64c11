using System.Text;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>What an independent client sees on the topics.</summary>
public abstract partial class Scenarios
{
    private const int WebEventsPartitions = 6;

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public async Task WebEvents_ReadByKcat_AreCloudEventsOnTheirKeysPartition()
    {
        await UnderLoadAsync();

        var records = await Kcat.ConsumeAllAsync(await topology.KafkaAsync(Stop), "web-events", ["-c", "500"], stop: Stop);

        Assert.Equal(500, records.Count);
        Assert.All(records, record =>
        {
            Assert.Equal("1.0", record.Header("ce_specversion"));
            Assert.StartsWith("io.eventsourcing.web.", record.Header("ce_type"), StringComparison.Ordinal);
            Assert.Equal(record.Key, record.Header("ce_partitionkey"));
            Assert.Equal(Murmur2.Partition(Encoding.UTF8.GetBytes(record.Key!), WebEventsPartitions), record.Partition);
        });
    }

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public async Task SensorReadings_ReadByKcat_HaveThePumpFilesOwnFigures()
    {
        await UnderLoadAsync();
        var figures = PumpFile.Read();

        var records = await Kcat.ConsumeAllAsync(await topology.KafkaAsync(Stop), "sensor-readings", ["-c", "200"], stop: Stop);

        Assert.Equal(200, records.Count);
        Assert.All(records, record => Assert.Contains(PumpFile.Figures(record.Value!), figures));
    }
}
