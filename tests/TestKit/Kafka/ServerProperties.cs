using System.Globalization;

namespace EventSourcing.TestKit.Kafka;

/// <summary>The configuration file of a single combined node.</summary>
internal static class ServerProperties
{
    public static Task WriteAsync(
        string file, string dataFolder, int port, int controllerPort, IReadOnlyDictionary<string, string> overrides, CancellationToken stop)
    {
        var properties = new Dictionary<string, string>
        {
            ["process.roles"] = "broker,controller",
            ["node.id"] = "1",
            ["listeners"] = Invariant($"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controllerPort}"),
            ["controller.listener.names"] = "CONTROLLER",
            ["controller.quorum.voters"] = Invariant($"1@127.0.0.1:{controllerPort}"),
            ["log.dirs"] = dataFolder,
            ["auto.create.topics.enable"] = "false",
            ["group.initial.rebalance.delay.ms"] = "0",
            ["offsets.topic.replication.factor"] = "1",
            ["offsets.topic.num.partitions"] = "4",
            ["transaction.state.log.replication.factor"] = "1",
            ["transaction.state.log.min.isr"] = "1",
            ["transaction.state.log.num.partitions"] = "4",
            ["share.coordinator.state.topic.replication.factor"] = "1",
            ["share.coordinator.state.topic.min.isr"] = "1",
        };
        foreach (var (name, value) in overrides)
        {
            properties[name] = value;
        }

        return File.WriteAllLinesAsync(file, properties.Select(entry => $"{entry.Key}={entry.Value}"), stop);
    }

    /// <summary>A cluster id as Kafka writes them: 16 random bytes in URL-safe base 64, never starting with a dash.</summary>
    public static string NewClusterId() =>
        "E" + Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_')[1..];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
