using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>What Apache Kafka's DumpLogSegments says of all segment files of a partition, and of the index files of all but the active segment.</summary>
internal sealed record SegmentDump(IReadOnlyList<string> Lines)
{
    private static readonly string[] IndexExtensions = [".index", ".timeindex", ".txnindex"];

    private static readonly string[] Complaints = ["found", "mismatch", "corrupt", "Exception"];

    public IReadOnlyList<string> Batches => [.. Lines.Where(line => line.StartsWith("baseOffset:", StringComparison.Ordinal))];

    public static async Task<SegmentDump> ReadAsync(JudgedBroker broker, string topic, CancellationToken stop)
    {
        var logs = broker.SegmentFiles(topic);
        var indexes = logs.SkipLast(1).SelectMany(log => IndexExtensions.Select(extension => Path.ChangeExtension(log, extension))).Where(File.Exists);
        return await DumpAsync([.. logs, .. indexes], ["--print-data-log", "--deep-iteration"], stop);
    }

    /// <summary>All segment files of a data folder that nobody writes to, without their records.</summary>
    public static async Task<SegmentDump> ReadFolderAsync(string folder)
    {
        var logs = Directory.GetFiles(folder, "*.log", SearchOption.AllDirectories);
        return logs.Length == 0 ? new SegmentDump([]) : await DumpAsync(logs, [], CancellationToken.None);
    }

    /// <summary>There are batches, and nothing is wrong with them.</summary>
    public void AssertValid()
    {
        Assert.NotEmpty(Batches);
        AssertNothingWrong();
    }

    /// <summary>Every batch has the checksum of its content, and nothing was found that does not belong there.</summary>
    public void AssertNothingWrong()
    {
        Assert.All(Batches, batch => Assert.Contains("isvalid: true", batch, StringComparison.Ordinal));
        Assert.DoesNotContain(Lines, line => Complaints.Any(complaint => line.Contains(complaint, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<SegmentDump> DumpAsync(string[] files, string[] more, CancellationToken stop) =>
        new((await KafkaTool.RunAsync("org.apache.kafka.tools.DumpLogSegments", ["--files", string.Join(',', files), .. more], stop: stop)).EnsureSuccess().Lines);
}
