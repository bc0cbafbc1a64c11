namespace EventSourcing.LocalKafka.Storage;

/// <summary>What an append means for consumers that read committed records.</summary>
internal enum StableBytes
{
    /// <summary>No transaction is open: they see the appended bytes.</summary>
    AsAppended,

    /// <summary>They see nothing new.</summary>
    None,

    /// <summary>A transaction ended: they see more than was appended.</summary>
    Released,
}
