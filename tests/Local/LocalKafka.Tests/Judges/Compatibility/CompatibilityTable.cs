using System.Reflection;
using System.Text;

namespace EventSourcing.LocalKafka.Tests.Judges.Compatibility;

/// <summary>The verdicts of a run as a page: a line for each case of each client, with what came of it on both brokers.</summary>
internal static class CompatibilityTable
{
    private const string Introduction = """
        # LocalKafka beside Apache Kafka

        What Kafka's own clients and tools find on one node of Apache Kafka 4.3 and on LocalKafka: the same tests on both, in one run. Written by the tests in
        [LocalKafka.Tests/Judges](../tests/Local/LocalKafka.Tests/Judges); do not edit it. `./test.sh LocalKafka.Tests` runs them and writes the page anew; in CI a page that does not
        say what the run found fails it. What LocalKafka does in another way is listed under [Differences](../src/Local/LocalKafka/README.md#differences-from-apache-kafka-43).


        """;

    public static string Render(IEnumerable<Verdict> verdicts)
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        var rows = verdicts.GroupBy(verdict => (verdict.Client, verdict.Case)).OrderBy(row => row.Key.Client, StringComparer.Ordinal).ThenBy(row => row.Key.Case, StringComparer.Ordinal);
        page.Append("| client | case | Apache Kafka | LocalKafka | difference |\n| --- | --- | --- | --- | --- |\n");
        foreach (var row in rows)
        {
            var difference = row.First().Method.GetCustomAttribute<DiffersAttribute>()?.How;
            page.Append($"| {row.Key.Client} | {row.Key.Case} | {Outcome(row, BrokerKind.ApacheKafka)} | {Outcome(row, BrokerKind.LocalKafka)} | {difference} |\n");
        }

        return page.ToString();
    }

    private static string Outcome(IEnumerable<Verdict> row, BrokerKind broker) =>
        row.Where(verdict => verdict.Broker == broker).Select(verdict => verdict.Result == TestResult.Passed ? "passes" : "fails").Distinct().DefaultIfEmpty("not run").Max()!;
}
