using EventSourcing.EventBackbone;

namespace EventSourcing.MobileBff.Window;

/// <summary>What is known of an event that comes.</summary>
/// <param name="Receipt">The receipt of the first time; null when it has none.</param>
/// <param name="IsUncertain">It was begun before and nobody knows how that ended: it may be on the topic.</param>
internal readonly record struct Sighting(Receipt? Receipt, bool IsUncertain)
{
    /// <summary>It was not seen, or has been forgotten.</summary>
    public static readonly Sighting First;
}

/// <summary>What became of an event that was begun.</summary>
/// <param name="Key">The event.</param>
/// <param name="Receipt">Its receipt.</param>
/// <param name="WasUncertain">An earlier attempt may be on the topic.</param>
internal readonly record struct Outcome(EventKey Key, Receipt Receipt, bool WasUncertain);
