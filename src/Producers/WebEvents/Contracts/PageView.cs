using System.ComponentModel.DataAnnotations;

namespace EventSourcing.WebEvents.Contracts;

/// <summary>A page was shown to a visitor.</summary>
/// <param name="SessionId">The visit this page view belongs to; ends after 30 minutes without an event.</param>
/// <param name="Url">The page, without query and fragment: they may hold personal data.</param>
/// <param name="Referrer">Where the visitor came from, without query and fragment; the origin alone when it is another site.</param>
public sealed record PageView(
    [property: StringLength(64, MinimumLength = 1)] string SessionId,
    [property: StringLength(2_048, MinimumLength = 1)] string Url,
    [property: StringLength(2_048)] string? Referrer = null);
