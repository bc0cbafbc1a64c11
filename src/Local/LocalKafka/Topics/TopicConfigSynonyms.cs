namespace EventSourcing.LocalKafka.Topics;

/// <summary>Which setting of a Kafka broker gives a topic setting its default, as DescribeConfigs names it among the synonyms.</summary>
internal static class TopicConfigSynonyms
{
    private static readonly Dictionary<string, string> ByTopicConfig = new(StringComparer.Ordinal)
    {
        ["cleanup.policy"] = "log.cleanup.policy",
        ["compression.gzip.level"] = "compression.gzip.level",
        ["compression.lz4.level"] = "compression.lz4.level",
        ["compression.type"] = "compression.type",
        ["compression.zstd.level"] = "compression.zstd.level",
        ["delete.retention.ms"] = "log.cleaner.delete.retention.ms",
        ["file.delete.delay.ms"] = "log.segment.delete.delay.ms",
        ["flush.messages"] = "log.flush.interval.messages",
        ["index.interval.bytes"] = "log.index.interval.bytes",
        ["local.retention.bytes"] = "log.local.retention.bytes",
        ["local.retention.ms"] = "log.local.retention.ms",
        ["max.compaction.lag.ms"] = "log.cleaner.max.compaction.lag.ms",
        ["max.message.bytes"] = "message.max.bytes",
        ["message.timestamp.after.max.ms"] = "log.message.timestamp.after.max.ms",
        ["message.timestamp.before.max.ms"] = "log.message.timestamp.before.max.ms",
        ["message.timestamp.type"] = "log.message.timestamp.type",
        ["min.cleanable.dirty.ratio"] = "log.cleaner.min.cleanable.ratio",
        ["min.compaction.lag.ms"] = "log.cleaner.min.compaction.lag.ms",
        ["min.insync.replicas"] = "min.insync.replicas",
        ["preallocate"] = "log.preallocate",
        ["retention.bytes"] = "log.retention.bytes",
        ["segment.bytes"] = "log.segment.bytes",
        ["segment.index.bytes"] = "log.index.size.max.bytes",
        ["unclean.leader.election.enable"] = "unclean.leader.election.enable",
    };

    /// <summary>Null where Kafka names none, for instance because several broker settings give the value.</summary>
    public static string? Find(string topicConfig) => ByTopicConfig.GetValueOrDefault(topicConfig);
}
