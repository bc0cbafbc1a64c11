namespace EventSourcing.LocalKafka.Topics;

/// <summary>Every topic setting of Kafka 4.3. Those this broker does not act on are kept and reported, so that the same declaration works on both.</summary>
internal static class TopicConfigDefinitions
{
    private const string Kept = "Kept and reported; this broker does not act on it.";

    public static IReadOnlyList<TopicConfigDefinition> All { get; } =
    [
        new("cleanup.policy", ConfigType.List, "delete", "delete removes old segments by retention; compact keeps the last record of each key; both may be set.") { Words = ["compact", "delete"] },
        new("compression.gzip.level", ConfigType.Int, "-1", Kept) { Minimum = -1, Maximum = 9 },
        new("compression.lz4.level", ConfigType.Int, "9", Kept) { Minimum = 1, Maximum = 17 },
        new("compression.type", ConfigType.String, "producer", "Batches are stored as the producer compressed them, whatever this says.") { Words = ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"] },
        new("compression.zstd.level", ConfigType.Int, "3", Kept) { Minimum = -131_072, Maximum = 22 },
        new("delete.retention.ms", ConfigType.Long, "86400000", "How long compaction keeps tombstones and the markers of transactions that have no records left.") { Minimum = 0 },
        new("file.delete.delay.ms", ConfigType.Long, "60000", Kept) { Minimum = 0 },
        new("flush.messages", ConfigType.Long, "9223372036854775807", Kept) { Minimum = 1 },
        new("flush.ms", ConfigType.Long, "9223372036854775807", Kept) { Minimum = 0 },
        new("follower.replication.throttled.replicas", ConfigType.List, "", Kept),
        new("index.interval.bytes", ConfigType.Int, "4096", Kept) { Minimum = 0 },
        new("leader.replication.throttled.replicas", ConfigType.List, "", Kept),
        new("local.retention.bytes", ConfigType.Long, "-2", Kept) { Minimum = -2 },
        new("local.retention.ms", ConfigType.Long, "-2", Kept) { Minimum = -2 },
        new("max.compaction.lag.ms", ConfigType.Long, "9223372036854775807", "Record time after which a record is compacted even if little else is to do.") { Minimum = 1 },
        new("max.message.bytes", ConfigType.Int, "1048588", "Largest record batch, in bytes.") { Minimum = 0 },
        new("message.timestamp.after.max.ms", ConfigType.Long, "3600000", "How far a record's time may be ahead of the broker's.") { Minimum = 0 },
        new("message.timestamp.before.max.ms", ConfigType.Long, "9223372036854775807", "How far a record's time may be behind the broker's.") { Minimum = 0 },
        new("message.timestamp.type", ConfigType.String, "CreateTime", "Whose clock stamps a record: the producer's or the broker's.") { Words = ["CreateTime", "LogAppendTime"] },
        new("min.cleanable.dirty.ratio", ConfigType.Double, "0.5", "Part of a log that must be new before it is compacted again.") { Minimum = 0, Maximum = 1 },
        new("min.compaction.lag.ms", ConfigType.Long, "0", "How long a record stays as it is before compaction may remove it.") { Minimum = 0 },
        new("min.insync.replicas", ConfigType.Int, "1", Kept) { Minimum = 1 },
        new("preallocate", ConfigType.Boolean, "false", Kept),
        new("remote.log.copy.disable", ConfigType.Boolean, "false", Kept),
        new("remote.log.delete.on.disable", ConfigType.Boolean, "false", Kept),
        new("remote.storage.enable", ConfigType.Boolean, "false", Kept),
        new("retention.bytes", ConfigType.Long, "-1", "Most bytes a partition keeps; -1 for no limit."),
        new("retention.ms", ConfigType.Long, "604800000", "How long records are kept; -1 for ever.") { Minimum = -1 },
        new("segment.bytes", ConfigType.Int, "1073741824", "Size at which a segment file ends.") { Minimum = 1_048_576 },
        new("segment.index.bytes", ConfigType.Int, "10485760", "Size of an index file at which its segment ends.") { Minimum = 4 },
        new("segment.jitter.ms", ConfigType.Long, "0", Kept) { Minimum = 0 },
        new("segment.ms", ConfigType.Long, "604800000", "Record time after which a segment file ends.") { Minimum = 1 },
        new("unclean.leader.election.enable", ConfigType.Boolean, "false", Kept),
    ];

    private static Dictionary<string, TopicConfigDefinition> ByName { get; } = All.ToDictionary(definition => definition.Name);

    public static TopicConfigDefinition? Find(string name) => ByName.GetValueOrDefault(name);
}
