namespace EventSourcing.Ledger;

/// <summary>What <c>GET /ledger</c> is asked for.</summary>
/// <param name="By">What the rows stand for.</param>
/// <param name="Limit">Most rows, count.</param>
internal sealed record LedgerQuery(LedgerGrouping By = LedgerGrouping.Reporter, int Limit = LedgerQuery.DefaultLimit)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 10_000;
}

/// <summary>What a row stands for.</summary>
internal enum LedgerGrouping
{
    /// <summary>A reporter's events on one topic.</summary>
    Reporter,

    /// <summary>A reporter's events of one path on one topic: sources named <c>/{simulator}/{run}/{path}/...</c>.</summary>
    Path,

    /// <summary>One source on one topic, foreign ones included.</summary>
    Source,

    /// <summary>All reported sources of one topic.</summary>
    Topic,
}
