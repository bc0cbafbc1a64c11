using EventSourcing.LocalKafka;
using EventSourcing.PumpSimulator.Cli;
using EventSourcing.PumpSimulator.Compat;
using EventSourcing.PumpSimulator.Tests.Sending;

namespace EventSourcing.PumpSimulator.Tests.Compat;

public sealed class CompatRunTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EventMode_ProducesTheOriginalsRecords()
    {
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await TestTopics.CreateAsync(kafka.BootstrapServers, "asset-topic");
        string[] arguments = ["asset-topic", kafka.BootstrapServers, "event", "TDrop", "increase", "2000", "15", "pumpDAL01"];
        using var output = new StringWriter();

        var exit = await CompatRun.RunAsync(PositionalRun.Parse(arguments, compat: true, new Dictionary<string, string>()), output, Stop);
        var records = await TestTopics.ReadAsync(kafka.BootstrapServers, "asset-topic");

        Assert.Equal(0, exit);
        Assert.Equal(15, records.Count);
        Assert.All(records, (record, i) =>
        {
            Assert.Equal("pumpDAL01", record.Key);
            Assert.Contains($"\"temperature\":{60 - (4 * i)},\"timeStamp\"", record.Value, StringComparison.Ordinal);
            Assert.Empty(record.Headers);
        });
        Assert.Equal(15, output.ToString().Split("offset= ").Length - 1);
    }

    [Fact]
    public async Task UnknownTopic_IsReportedWithExitCode1()
    {
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        using var output = new StringWriter();

        var exit = await CompatRun.RunAsync(PositionalRun.Parse(["nowhere", kafka.BootstrapServers], compat: true, new Dictionary<string, string>()), output, Stop);

        Assert.Equal(1, exit);
        Assert.StartsWith("nowhere: ", output.ToString(), StringComparison.Ordinal);
    }
}
