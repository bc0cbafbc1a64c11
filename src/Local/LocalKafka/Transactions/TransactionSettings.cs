namespace EventSourcing.LocalKafka.Transactions;

/// <summary>Bounds of the transaction coordinator.</summary>
/// <param name="MaxTimeout">Longest timeout a producer may ask for (<c>transaction.max.timeout.ms</c>).</param>
/// <param name="CheckInterval">Time between two looks for transactions that are over their time (<c>transaction.abort.timed.out.transaction.cleanup.interval.ms</c>).</param>
internal sealed record TransactionSettings(TimeSpan MaxTimeout, TimeSpan CheckInterval)
{
    /// <summary>Transactional ids that the broker knows at a time.</summary>
    public int MaxTransactionalIds { get; init; } = 10_000;

    /// <summary>Groups whose offsets one transaction may commit.</summary>
    public int MaxGroups { get; init; } = 1_000;

    /// <summary>A transactional id is forgotten when it was not used so long (<c>transactional.id.expiration.ms</c>).</summary>
    public TimeSpan IdExpiration { get; init; } = TimeSpan.FromDays(7);
}
