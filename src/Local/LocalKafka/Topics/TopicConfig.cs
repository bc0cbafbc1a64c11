using System.Collections.Immutable;
using System.Globalization;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Topics;

/// <summary>A topic's settings: what was set for it, over Kafka's defaults.</summary>
internal sealed class TopicConfig
{
    private TopicConfig(ImmutableSortedDictionary<string, string> overrides)
    {
        Overrides = overrides;
        Log = ToLogConfig();
    }

    public static TopicConfig Default { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public ImmutableSortedDictionary<string, string> Overrides { get; }

    public LogConfig Log { get; }

    /// <exception cref="ArgumentException">A name is unknown or a value not allowed; the message says which and what is.</exception>
    public static TopicConfig Create(IEnumerable<KeyValuePair<string, string>> overrides)
    {
        var checkedOverrides = Default.Overrides.ToBuilder();
        foreach (var (name, value) in overrides)
        {
            var definition = TopicConfigDefinitions.Find(name) ?? throw new ArgumentException($"Unknown topic config name: {name}");
            if (definition.Validate(value) is { } wrong)
                throw new ArgumentException(wrong);
            checkedOverrides[name] = value;
        }

        var config = new TopicConfig(checkedOverrides.ToImmutable());
        return config.Log.MinCompactionLagMs <= config.Log.MaxCompactionLagMs
            ? config
            : throw new ArgumentException($"min.compaction.lag.ms ({config.Log.MinCompactionLagMs}) must not be larger than max.compaction.lag.ms ({config.Log.MaxCompactionLagMs}).");
    }

    public string Value(TopicConfigDefinition definition) => Overrides.GetValueOrDefault(definition.Name, definition.Default);

    public ConfigSource Source(TopicConfigDefinition definition) =>
        Overrides.ContainsKey(definition.Name) ? ConfigSource.TopicOverride : ConfigSource.Default;

    private LogConfig ToLogConfig() => new()
    {
        SegmentBytes = Number("segment.bytes"),
        SegmentMs = Number("segment.ms"),
        SegmentIndexBytes = (int)Number("segment.index.bytes"),
        RetentionBytes = Number("retention.bytes"),
        RetentionMs = Number("retention.ms"),
        MaxMessageBytes = (int)Number("max.message.bytes"),
        LogAppendTime = Text("message.timestamp.type") == "LogAppendTime",
        TimestampBeforeMaxMs = Number("message.timestamp.before.max.ms"),
        TimestampAfterMaxMs = Number("message.timestamp.after.max.ms"),
        DeletesOld = TopicConfigDefinition.ListItems(Text("cleanup.policy")).Contains("delete"),
        Compacts = TopicConfigDefinition.ListItems(Text("cleanup.policy")).Contains("compact"),
        MinCleanableDirtyRatio = double.Parse(Text("min.cleanable.dirty.ratio"), CultureInfo.InvariantCulture),
        MinCompactionLagMs = Number("min.compaction.lag.ms"),
        MaxCompactionLagMs = Number("max.compaction.lag.ms"),
        DeleteRetentionMs = Number("delete.retention.ms"),
    };

    private long Number(string name) => long.Parse(Text(name), CultureInfo.InvariantCulture);

    private string Text(string name) => Value(TopicConfigDefinitions.Find(name)!);
}
