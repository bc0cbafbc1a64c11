using System.Globalization;

namespace EventSourcing.Ledger;

/// <summary>Waits until the ledger is at rest or the time the caller gave is over.</summary>
internal sealed class Settlement(LedgerBook book, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public const string Form = "settle is a duration of at most 10 minutes: 500ms, 30s, 2m.";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>False when the duration is malformed; true at rest, at the deadline, or at once when there is no duration.</summary>
    public async Task<bool> TryWaitAsync(string? settle, CancellationToken stop)
    {
        if (settle is null)
            return true;
        if (!TryParse(settle, out var patience))
            return false;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
        var deadline = time.GetUtcNow() + patience;
        while (!book.IsAtRest() && time.GetUtcNow() < deadline)
            await Task.Delay(Look, time, linked.Token);
        return true;
    }

    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits < 1 || !double.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 1e9)
            return false;
        TimeSpan? unit = text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            _ => null,
        };
        duration = number * unit.GetValueOrDefault();
        return unit is not null && duration <= Longest;
    }
}
