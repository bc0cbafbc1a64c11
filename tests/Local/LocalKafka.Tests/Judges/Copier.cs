namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>How TransactionalMessageCopier is started: it copies one partition to another topic and ends when all is copied.</summary>
internal static class Copier
{
    public const string Class = "org.apache.kafka.tools.TransactionalMessageCopier";

    public static string[] Arguments(string servers, string input, int partition, string output, int transactionSize) =>
    [
        "--broker-list", servers, "--input-topic", input, "--input-partition", $"{partition}", "--output-topic", output,
        "--consumer-group", $"copier-{output}", "--transactional-id", $"copier-{output}-{partition}",
        "--transaction-size", $"{transactionSize}", "--transaction-timeout", "20000", "--enable-random-aborts",
    ];
}
