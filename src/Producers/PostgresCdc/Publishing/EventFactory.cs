using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.PostgresCdc.Contracts;
using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>CloudEvents of changes: who their source is and which number they have.</summary>
internal sealed partial class EventFactory(IOptions<CdcOptions> options, CapturePlan plan)
{
    private const int MostSources = 1_000;

    /// <summary>Extension attribute <c>cdcmark</c>: where in the log an event stands whose id says something else.</summary>
    public static readonly CloudEventAttribute Mark = CloudEventAttribute.CreateExtension("cdcmark", CloudEventAttributeType.String);

    private static readonly CloudEventAttribute[] Extensions = [.. EventAttributes.All, Mark];

    private readonly Uri _schema = new(options.Value.SchemaBaseUri, EventTypes.Change);
    private readonly Uri _database = new($"/postgres/{Uri.EscapeDataString(plan.Database)}", UriKind.Relative);
    private readonly ConcurrentDictionary<string, Uri> _sources = [];   // every capture asks

    /// <summary>A change of a table.</summary>
    public CloudEvent Create(in Change change, string id, string key, byte[] envelope, Uri source, long sequence) => new(CloudEventsSpecVersion.V1_0, Extensions)
    {
        Id = id,
        Source = source,
        Type = EventTypes.Change,
        Subject = key,
        Time = change.Time,
        DataContentType = "application/json",
        DataSchema = _schema,
        Data = envelope,
        [EventAttributes.PartitionKey] = key,
        [EventAttributes.Sequence] = EventAttributes.FormatSequence(sequence),
        [EventAttributes.RecordedTime] = change.CapturedAt,
    };

    /// <summary>The record without value behind a delete.</summary>
    public static CloudEvent CreateTombstone(CapturedTable table, DateTimeOffset time, string id, string key, long sequence) => new(CloudEventsSpecVersion.V1_0, Extensions)
    {
        Id = id,
        Source = table.Source,
        Type = EventTypes.Tombstone,
        Subject = key,
        Time = time,
        [EventAttributes.PartitionKey] = key,
        [EventAttributes.Sequence] = EventAttributes.FormatSequence(sequence),
    };

    /// <summary>An event of the database itself: a transaction's border, a position.</summary>
    public CloudEvent CreateOfDatabase(string type, string id, string key, DateTimeOffset time, byte[] json) => new(CloudEventsSpecVersion.V1_0, Extensions)
    {
        Id = id,
        Source = _database,
        Type = type,
        Subject = key,
        Time = time,
        DataContentType = "application/json",
        Data = json,
        [EventAttributes.PartitionKey] = key,
    };

    /// <summary>An outbox event.</summary>
    public static CloudEvent CreateOfOutbox(Uri source, string id, string type, string key, DateTimeOffset time, string contentType, byte[]? data, string mark, long sequence) =>
        new(CloudEventsSpecVersion.V1_0, Extensions)
        {
            Id = id,
            Source = source,
            Type = type,
            Subject = key,
            Time = time,
            DataContentType = data is null ? null : contentType,
            Data = data,
            [EventAttributes.PartitionKey] = key,
            [EventAttributes.Sequence] = EventAttributes.FormatSequence(sequence),
            [Mark] = mark,
        };

    /// <summary>Source and number that an inserted row names itself; null when it does not, or not as it should.</summary>
    public (Uri Source, long Sequence)? FindOwn(TableShape shape, RowBuffer row)
    {
        if (shape.SourceColumn < 0 || shape.SequenceColumn < 0 || row.Text(shape.SourceColumn) is not { } name
            || !long.TryParse(row[shape.SequenceColumn], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) || sequence < 1)
            return null;
        var text = $"{shape.Table.SourceText}/{name}";
        if (!_sources.TryGetValue(text, out var source))
        {
            if (!SourcePart().IsMatch(name))
                return null;
            if (_sources.Count >= MostSources)
                _sources.Clear();
            _sources[text] = source = new Uri($"{shape.Table.Source}/{name}", UriKind.Relative);
        }

        return (source, sequence);
    }

    [GeneratedRegex("^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$")]
    private static partial Regex SourcePart();
}
