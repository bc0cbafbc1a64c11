using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.PostgresCdc.Options;

/// <summary>What is captured and how. The database: <c>ConnectionStrings:{Cdc:Connection}</c>, as Npgsql takes it.</summary>
public sealed class CdcOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Cdc";

    /// <summary>Name of the connection string; default <c>warehouse</c>.</summary>
    [Required] public string Connection { get; set; } = "warehouse";

    /// <summary><c>source.name</c> of the envelope; default: the database's name.</summary>
    public string? Name { get; set; }

    /// <summary>The captured tables, outbox tables among them.</summary>
    public List<TableOptions> Tables { get; set; } = [];

    /// <summary>Where outbox events go, by aggregate type.</summary>
    public List<OutboxRouteOptions> OutboxRoutes { get; set; } = [];

    /// <summary>Prefix of <c>pg_logical_emit_message</c> whose content is an outbox event; default <c>outbox</c>.</summary>
    [Required] public string MessagePrefix { get; set; } = "outbox";

    /// <summary>Replication slot, 1 to 60 of <c>[a-z0-9_]</c>; one per service instance that captures on its own. Default <c>eventsourcing_cdc</c>.</summary>
    [Required, RegularExpression("[a-z0-9_]{1,60}", ErrorMessage = "Cdc:Slot must be 1 to 60 of [a-z0-9_].")]
    public string Slot { get; set; } = "eventsourcing_cdc";

    /// <summary>Publication; default <c>eventsourcing_cdc</c>.</summary>
    [Required, RegularExpression("[a-z0-9_]{1,63}", ErrorMessage = "Cdc:Publication must be 1 to 63 of [a-z0-9_].")]
    public string Publication { get; set; } = "eventsourcing_cdc";

    /// <summary>The service creates the publication and adds tables that are missing from it; default true. Needs ownership of the tables.</summary>
    public bool ManagePublication { get; set; } = true;

    /// <summary>A delete is followed by a record without value, so that a compacted topic forgets the key; default true.</summary>
    public bool Tombstones { get; set; } = true;

    /// <summary>Every change names its transaction and its place in it; default true.</summary>
    public bool TransactionMetadata { get; set; } = true;

    /// <summary>BEGIN and END of every transaction go to <c>cdc.{database}.transaction</c>; default false.</summary>
    public bool TransactionTopic { get; set; }

    /// <summary>How often a heartbeat is written to the log while nothing else comes, 0 (never) to 1 h; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the position is stored and confirmed to the server while it moves, 10 ms to 1 min; default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan PositionInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the slot is looked at, 100 ms to 10 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")] public TimeSpan GuardInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most changes published and not receipted, count, 1 to 40,000; default 10,000.</summary>
    [Range(1, 40_000)] public int WindowEvents { get; set; } = 10_000;

    /// <summary>Most bytes of changes published and not receipted, 1 MiB to 48 MiB; default 32 MiB.</summary>
    [Range(1_048_576, 50_331_648)] public long WindowBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>First wait before a reconnect, doubled each time, with jitter of half of it; 10 ms to 1 min, default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait before a reconnect, and before a standby asks again; 10 ms to 10 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")] public TimeSpan ReconnectDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for receipts that are outstanding, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Partitions of a table's topic when it is created, count, 1 to 1,000; default 6.</summary>
    [Range(1, 1_000)] public int Partitions { get; set; } = 6;

    /// <summary>How often a polled table, and the log table of triggers, is asked, 10 ms to 1 h; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")] public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Most rows of one poll, count, 1 to 10,000; default 500.</summary>
    [Range(1, 10_000)] public int PollRows { get; set; } = 500;

    /// <summary>Where the schemas are served: absolute, ends in <c>/</c>; default <c>http://localhost:5181/schemas/</c>.</summary>
    [Required] public Uri SchemaBaseUri { get; set; } = new("http://localhost:5181/schemas/");
}

/// <summary>Validates what annotations can say, at start.</summary>
[OptionsValidator]
internal sealed partial class CdcOptionsValidator : IValidateOptions<CdcOptions>;
