using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Options;
using Npgsql;

namespace EventSourcing.PostgresCdc;

/// <summary>The captured tables and the topics of this service, as configuration names them: one route per table, per outbox topic, for positions and transactions.</summary>
internal sealed class CapturePlan
{
    private static readonly DeliveryProfile Profile = new() { MaxEventBytes = 1_048_588, DeliveryTimeout = TimeSpan.FromMinutes(1) };

    public CapturePlan(CdcOptions options, string? connectionString)
    {
        Database = DatabaseOf(connectionString) ?? options.Connection;
        Name = options.Name ?? Database;
        Tables = [.. options.Tables.Select((table, index) => new CapturedTable(index, table, Database, options.Partitions, Profile))];
        OutboxTopics = options.OutboxRoutes.GroupBy(route => route.Topic).ToDictionary(group => group.Key, group => new Route(
            new TopicDeclaration(group.Key, "aggregate id") { Partitions = options.Partitions }, Profile with { }));
        Outbox = options.OutboxRoutes.DistinctBy(route => route.AggregateType).ToDictionary(route => route.AggregateType, route => OutboxTopics[route.Topic]);
        Positions = new Route(
            new TopicDeclaration($"cdc.{Database}.position", "replication slot") { Partitions = 1, CleanupPolicy = "compact" }, Profile with { });
        Transactions = options.TransactionTopic
            ? new Route(new TopicDeclaration($"cdc.{Database}.transaction", "transaction id") { Partitions = options.Partitions }, Profile with { }) : null;
    }

    /// <summary>The captured database.</summary>
    public string Database { get; }

    /// <summary><c>source.name</c>.</summary>
    public string Name { get; }

    /// <summary>The captured tables; a table's place is its <see cref="CapturedTable.Index"/>.</summary>
    public IReadOnlyList<CapturedTable> Tables { get; }

    /// <summary>Tables captured from the log.</summary>
    public IEnumerable<CapturedTable> LogTables => Tables.Where(static table => table.Options.Capture == CaptureMode.Log);

    /// <summary>Tables captured by a trigger.</summary>
    public IReadOnlyList<CapturedTable> TriggerTables => [.. Tables.Where(static table => table.Options.Capture == CaptureMode.Trigger)];

    /// <summary>Tables that are polled.</summary>
    public IEnumerable<CapturedTable> PolledTables => Tables.Where(static table => table.Options.Capture == CaptureMode.Polling);

    /// <summary>Outbox routes by aggregate type.</summary>
    public IReadOnlyDictionary<string, Route> Outbox { get; }

    /// <summary>Outbox routes by topic.</summary>
    public IReadOnlyDictionary<string, Route> OutboxTopics { get; }

    /// <summary>Where positions are kept: compacted, one partition.</summary>
    public Route Positions { get; }

    /// <summary>Transaction markers; null when they are not wanted.</summary>
    public Route? Transactions { get; }

    /// <summary>Something is read from the log.</summary>
    public bool UsesLog => LogTables.Any() || Outbox.Count > 0;

    /// <summary><c>source</c> of outbox events that came by <c>pg_logical_emit_message</c>.</summary>
    public string MessageSource => $"/postgres/{Database}/outbox";

    /// <summary>Routes that changes are published on.</summary>
    public IEnumerable<Route> ChangeRoutes =>
        [.. Tables.Where(static table => !table.Options.Outbox).Select(static table => table.Route), .. OutboxTopics.Values, .. Transactions is null ? (Route[])[] : [Transactions]];

    /// <summary>All routes.</summary>
    public Route[] Routes => [.. ChangeRoutes.DistinctBy(static route => route.Name), Positions];

    private static string? DatabaseOf(string? connectionString)
    {
        try
        {
            return string.IsNullOrEmpty(connectionString) ? null : new NpgsqlConnectionStringBuilder(connectionString).Database;
        }
        catch (ArgumentException)
        {
            return null;                                      // validation says so
        }
    }
}

/// <summary>A captured table, its topic and its <c>source</c>.</summary>
internal sealed class CapturedTable(int index, TableOptions options, string database, int partitions, DeliveryProfile profile)
{
    /// <summary>Place in the plan.</summary>
    public int Index { get; } = index;

    /// <summary>Its settings.</summary>
    public TableOptions Options { get; } = options;

    /// <summary>Its name.</summary>
    public TableName Name { get; } = TableName.Parse(options.Name);

    /// <summary><c>schema.table</c>.</summary>
    public string FullName { get; } = TableName.Parse(options.Name).ToString();

    /// <summary>Where its changes go.</summary>
    public Route Route { get; } = new(
        new TopicDeclaration(TableName.Parse(options.Name).Topic(database), "primary key") { Partitions = partitions }, profile with { });

    /// <summary><c>source</c> of its changes.</summary>
    public string SourceText { get; } = $"/postgres/{database}/{TableName.Parse(options.Name).Schema}/{TableName.Parse(options.Name).Table}";

    /// <summary><see cref="SourceText"/> as URI reference.</summary>
    public Uri Source { get; } = new(
        $"/postgres/{Uri.EscapeDataString(database)}/{Uri.EscapeDataString(TableName.Parse(options.Name).Schema)}/{Uri.EscapeDataString(TableName.Parse(options.Name).Table)}",
        UriKind.Relative);
}
