using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>Dead letters by reason; at most 100 reasons, further ones add up under one name.</summary>
internal sealed class DeadLetterReasons
{
    private const int MaxReasons = 100;
    private const string Others = "(other reasons)";
    private const string Unstated = "(no reason)";

    private readonly Dictionary<string, long> _counts = [];

    public void Add(string? reason)
    {
        var name = string.IsNullOrEmpty(reason) ? Unstated : reason;
        if (!_counts.ContainsKey(name) && _counts.Count >= MaxReasons)
            name = Others;
        _counts[name] = _counts.GetValueOrDefault(name) + 1;
    }

    public IReadOnlyList<DeadLetterCount> ToList() =>
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new DeadLetterCount(pair.Key, pair.Value))];
}
