using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>What Apache Kafka's DumpLogSegments says of all segment files of a partition.</summary>
internal sealed record SegmentDump(IReadOnlyList<string> Lines)
{
    public IReadOnlyList<string> Batches => [.. Lines.Where(line => line.StartsWith("baseOffset:", StringComparison.Ordinal))];

    public static async Task<SegmentDump> ReadAsync(JudgedBroker broker, string topic, CancellationToken stop)
    {
        string[] arguments = ["--files", string.Join(',', broker.SegmentFiles(topic)), "--print-data-log", "--deep-iteration"];
        return new SegmentDump((await KafkaTool.RunAsync("org.apache.kafka.tools.DumpLogSegments", arguments, stop: stop)).EnsureSuccess().Lines);
    }

    /// <summary>Every batch has the checksum of its content, and nothing was found that does not belong there.</summary>
    public void AssertValid()
    {
        Assert.NotEmpty(Batches);
        Assert.All(Batches, batch => Assert.Contains("isvalid: true", batch, StringComparison.Ordinal));
        Assert.DoesNotContain(Lines, line => line.Contains("Found", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }
}
