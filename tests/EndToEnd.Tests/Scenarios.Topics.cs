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
        var records = await FirstAsync("web-events", 500);

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
        var figures = PumpFile.Read();

        var records = await FirstAsync("sensor-readings", 200);

        Assert.Equal(200, records.Count);
        Assert.All(records, record => Assert.Contains(PumpFile.Figures(record.Value!), figures));
    }

    private async Task<IReadOnlyList<KcatRecord>> FirstAsync(string topic, int count)
    {
        var kafka = await topology.KafkaAsync(Stop);
        return await Eventually.ValueAsync(
            stop => Kcat.ConsumeAllAsync(kafka, topic, ["-c", $"{count}"], stop: stop), records => records.Count >= count, $"{count} records on {topic}", stop: Stop);
    }
}
