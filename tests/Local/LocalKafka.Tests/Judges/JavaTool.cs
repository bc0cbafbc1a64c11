using System.Text.RegularExpressions;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Apache Kafka's administration programs, with what they print made comparable between two brokers.</summary>
internal static partial class JavaTool
{
    /// <summary>Runs a tool to its good end; returns its lines without empty ones, runs of blanks as one.</summary>
    public static async Task<string[]> RunAsync(JudgedBroker broker, string tool, params IEnumerable<string> arguments)
    {
        var name = tool.StartsWith("kafka.", StringComparison.Ordinal) ? tool : $"org.apache.kafka.tools.{tool}";
        var result = await KafkaTool.RunAsync(name, ["--bootstrap-server", broker.BootstrapServers, .. arguments], stop: TestContext.Current.CancellationToken);
        return [.. result.EnsureSuccess().Lines.Select(line => Normalise(broker, line)).Where(line => line.Length > 0)];
    }

    private static string Normalise(JudgedBroker broker, string line)
    {
        var local = line.Replace(broker.BootstrapServers, "BROKER", StringComparison.Ordinal).Replace(broker.DataFolder, "DATA", StringComparison.Ordinal);
        return Blanks().Replace(Uuid().Replace(local, "TopicId: UUID"), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("TopicId: [A-Za-z0-9_-]{22}")]
    private static partial Regex Uuid();
}
