using EventSourcing.TestKit.Processes;

namespace EventSourcing.TestKit.Kafka;

/// <summary>kcat: a Kafka client of its own lineage (librdkafka) for looking at topics from outside.</summary>
public static class Kcat
{
    // A partition's end is what an empty fetch tells, and the broker waits half a second with that unless it is asked not to.
    private const string EndAtOnce = "fetch.wait.max.ms=10";

    /// <summary>Runs kcat with these arguments after <c>-b BROKER</c>; see <c>kcat -h</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no kcat on this machine.</exception>
    public static Task<ProcessResult> RunAsync(
        string bootstrapServers, IEnumerable<string> arguments, string? input = null, TimeSpan? timeout = null, CancellationToken stop = default) =>
        ProcessRunner.RunAsync(
            Tools.Need(Tools.Kcat, Requires.KcatReason), ["-b", bootstrapServers, .. arguments], input, timeout: timeout, stop: stop);

    /// <summary>Produces lines as records: <c>key=value</c> per line when <paramref name="keyed"/>, whole lines as values otherwise.</summary>
    public static async Task ProduceAsync(
        string bootstrapServers, string topic, IEnumerable<string> lines, bool keyed = false, string[]? arguments = null, CancellationToken stop = default)
    {
        string[] key = keyed ? ["-K", "="] : [];
        var input = string.Concat(lines.Select(line => line + "\n"));
        (await RunAsync(bootstrapServers, ["-P", "-t", topic, .. key, .. arguments ?? []], input, stop: stop)).EnsureSuccess();
    }

    /// <summary>Everything in the topic's partitions at this moment, each partition in offset order.</summary>
    public static async Task<IReadOnlyList<KcatRecord>> ConsumeAllAsync(
        string bootstrapServers, string topic, string[]? arguments = null, TimeSpan? timeout = null, CancellationToken stop = default)
    {
        string[] consume = ["-C", "-t", topic, "-o", "beginning", "-e", "-q", "-J", "-X", EndAtOnce, .. arguments ?? []];
        var result = (await RunAsync(bootstrapServers, consume, timeout: timeout, stop: stop)).EnsureSuccess();
        return [.. result.Lines.Select(KcatRecord.Parse)];
    }
}
