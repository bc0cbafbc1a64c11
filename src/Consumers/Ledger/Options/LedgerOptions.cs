using System.ComponentModel.DataAnnotations;
using EventSourcing.Receipts;
using Microsoft.Extensions.Options;

namespace EventSourcing.Ledger;

/// <summary>What the ledger reads and how much it may remember. Configuration section <see cref="SectionName"/>.</summary>
public sealed class LedgerOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Ledger";

    /// <summary>The name under <c>ConnectionStrings</c> of the Kafka cluster.</summary>
    public const string ConnectionName = "kafka";

    internal static readonly string[] DefaultTopics = ["web-events", "sensor-readings", "assets", "store-sales", "text-topic", "mobile-events", "social-posts", "orders", "process-steps", "cdc.warehouse.public.stock_movements"];

    /// <summary>Kafka's bootstrap servers; from <c>ConnectionStrings:kafka</c> unless given here.</summary>
    [Required(ErrorMessage = "No Kafka cluster: set ConnectionStrings:kafka to its bootstrap servers, for example 127.0.0.1:9092.")]
    public string BootstrapServers { get; set; } = string.Empty;

    /// <summary>The topics to read, besides the dead letters. A topic that does not exist yet is read as soon as it does. Default: the topology's.</summary>
    [MinLength(1)] public IList<string> Topics { get; set; } = [];

    /// <summary>The topic of dead letters: counted by reason, never judged.</summary>
    [Required] public string DeadLetterTopic { get; set; } = "dead-letters";

    /// <summary>Read from records with this timestamp on; null (the default) reads from the beginning. Useful on a cluster that keeps older runs.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>A receipt without its record counts as lost after so long, although its reporter is still running; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan LostAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A reporter that has not reported for so long counts as silent; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan SilentAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time between two looks at the topics' partitions and ends; 50 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")] public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Most sources in memory, count (about 2 kB each); 1 to 1,000,000. Beyond it the source that was idle longest and that nobody reports is forgotten.</summary>
    [Range(1, 1_000_000)] public int MaxSources { get; set; } = 20_000;

    /// <summary>Most record keys whose last sequence is remembered, count (about 80 B each); 1 to 10,000,000. Beyond it the key that was idle longest is forgotten.</summary>
    [Range(1, 10_000_000)] public int MaxKeys { get; set; } = 200_000;

    /// <summary>Most runs and incomplete pages of sequences read, over all sources (at most 560 B each, see <see cref="SequenceSet"/>); 1,000 to 10,000,000.</summary>
    [Range(1_000, 10_000_000)] public int MaxSegments { get; set; } = 200_000;

    /// <summary>The same for the receipts reported.</summary>
    [Range(1_000, 10_000_000)] public int MaxReceiptSegments { get; set; } = 200_000;

    /// <summary>Most runs of reporters in memory, count; 1 to 100,000.</summary>
    [Range(1, 100_000)] public int MaxReporters { get; set; } = 1_000;

    /// <summary>Largest report, bytes; 1 KiB to 64 MiB.</summary>
    [Range(1_024, 67_108_864)] public int MaxReportBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Most events the tap keeps per kind (good, bad), count; 1 to 100,000.</summary>
    [Range(1, 100_000)] public int TapEvents { get; set; } = 1_000;

    /// <summary>Most bytes of records the tap keeps per kind; 1 KiB to 1 GiB.</summary>
    [Range(1_024, 1_073_741_824)] public int TapBytes { get; set; } = 16 * 1024 * 1024;
}

[OptionsValidator]
internal sealed partial class LedgerOptionsValidator : IValidateOptions<LedgerOptions>;
