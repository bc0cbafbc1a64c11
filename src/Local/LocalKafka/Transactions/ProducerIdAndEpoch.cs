namespace EventSourcing.LocalKafka.Transactions;

/// <summary>Who a transactional producer says it is: the id it was given and the epoch that fences earlier holders of its transactional id.</summary>
internal readonly record struct ProducerIdAndEpoch(long ProducerId, short Epoch)
{
    public const short NoEpoch = -1;

    public static ProducerIdAndEpoch None { get; } = new(-1, NoEpoch);

    /// <summary>No epoch is left for the next producer; the last one remains for fencing this one.</summary>
    public bool IsExhausted => Epoch >= short.MaxValue - 1;
}
