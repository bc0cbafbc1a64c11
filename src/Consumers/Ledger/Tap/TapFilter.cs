using Microsoft.AspNetCore.Mvc;

namespace EventSourcing.Ledger;

/// <summary>
/// The tap's query parameters. Each given one must match in full; a trailing <c>*</c> matches any continuation.
/// </summary>
/// <param name="Topic">The topic.</param>
/// <param name="Type">The CloudEvents type.</param>
/// <param name="Source">The CloudEvents source.</param>
/// <param name="Id">The CloudEvents id.</param>
/// <param name="Subject">The CloudEvents subject.</param>
/// <param name="Key">The record key as text.</param>
/// <param name="Reason">Why a bad event is bad.</param>
/// <param name="Limit">Most events, the newest first; 1 to 1,000, default 100.</param>
internal sealed record TapFilter(
    [FromQuery] string? Topic = null,
    [FromQuery] string? Type = null,
    [FromQuery] string? Source = null,
    [FromQuery] string? Id = null,
    [FromQuery] string? Subject = null,
    [FromQuery] string? Key = null,
    [FromQuery] string? Reason = null,
    [FromQuery] int? Limit = null)
{
    public const int MaxLimit = 1_000;
    private const int DefaultLimit = 100;

    /// <summary>Filters before reading the data, so that a narrow question is cheap.</summary>
    public IReadOnlyList<TapEvent> Select(IEnumerable<TapRecord> records) =>
        [.. records.Where(record => Matches(Topic, record.Result.Topic) && Matches(Reason, record.Reason))
            .Select(TapEvent.From)
            .Where(Matches)
            .Take(Limit ?? DefaultLimit)];

    private bool Matches(TapEvent tapped) =>
        Matches(Type, tapped.Attribute("type")) && Matches(Source, tapped.Attribute("source")) && Matches(Id, tapped.Attribute("id"))
        && Matches(Subject, tapped.Attribute("subject")) && Matches(Key, tapped.Key);

    private static bool Matches(string? wanted, string? actual) =>
        wanted is null || (actual is not null && (wanted.EndsWith('*')
            ? actual.StartsWith(wanted[..^1], StringComparison.Ordinal)
            : string.Equals(wanted, actual, StringComparison.Ordinal)));
}
