namespace EventSourcing.LocalKafka.Storage;

/// <summary>What a consumer may see (<c>isolation.level</c>).</summary>
internal enum IsolationLevel
{
    /// <summary>Everything up to the high watermark.</summary>
    ReadUncommitted = 0,

    /// <summary>Everything before the last stable offset; the consumer drops what belongs to aborted transactions.</summary>
    ReadCommitted = 1,
}
