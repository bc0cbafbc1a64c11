namespace EventSourcing.LocalKafka.Storage;

/// <summary>The topic settings that a partition's log obeys; names and defaults are Kafka's.</summary>
internal sealed record LogConfig
{
    public static LogConfig Default { get; } = new();

    /// <summary><c>segment.bytes</c>.</summary>
    public long SegmentBytes { get; init; } = 1 << 30;

    /// <summary><c>segment.ms</c>, measured in record time.</summary>
    public long SegmentMs { get; init; } = 7 * 24 * 3_600_000L;

    /// <summary><c>segment.index.bytes</c>.</summary>
    public int SegmentIndexBytes { get; init; } = 10 << 20;

    /// <summary><c>retention.bytes</c> of one partition; -1 keeps all.</summary>
    public long RetentionBytes { get; init; } = -1;

    /// <summary><c>retention.ms</c>; -1 keeps all.</summary>
    public long RetentionMs { get; init; } = 7 * 24 * 3_600_000L;

    /// <summary><c>max.message.bytes</c>: size of a batch.</summary>
    public int MaxMessageBytes { get; init; } = 1_048_588;

    /// <summary><c>message.timestamp.type</c> is <c>LogAppendTime</c>.</summary>
    public bool LogAppendTime { get; init; }

    /// <summary><c>message.timestamp.before.max.ms</c>.</summary>
    public long TimestampBeforeMaxMs { get; init; } = long.MaxValue;

    /// <summary><c>message.timestamp.after.max.ms</c>.</summary>
    public long TimestampAfterMaxMs { get; init; } = 3_600_000;

    /// <summary><c>cleanup.policy</c> contains <c>delete</c>.</summary>
    public bool DeletesOld { get; init; } = true;

    /// <summary><c>cleanup.policy</c> contains <c>compact</c>.</summary>
    public bool Compacts { get; init; }

    /// <summary><c>min.cleanable.dirty.ratio</c>.</summary>
    public double MinCleanableDirtyRatio { get; init; } = 0.5;

    /// <summary><c>min.compaction.lag.ms</c>.</summary>
    public long MinCompactionLagMs { get; init; }

    /// <summary><c>max.compaction.lag.ms</c>.</summary>
    public long MaxCompactionLagMs { get; init; } = long.MaxValue;

    /// <summary><c>delete.retention.ms</c>.</summary>
    public long DeleteRetentionMs { get; init; } = 24 * 3_600_000L;

    /// <summary>Record time after which a segment ends: a compacted one early enough to be cleaned within <c>max.compaction.lag.ms</c>.</summary>
    public long MaxSegmentMs => Compacts ? Math.Min(SegmentMs, MaxCompactionLagMs) : SegmentMs;
}
