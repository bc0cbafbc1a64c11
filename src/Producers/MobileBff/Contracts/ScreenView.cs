using System.ComponentModel.DataAnnotations;

namespace EventSourcing.MobileBff.Contracts;

/// <summary>A screen of the app was shown.</summary>
/// <param name="SessionId">The use of the app this view belongs to.</param>
/// <param name="Screen">The screen's name: <c>product</c>.</param>
/// <param name="Previous">The screen before.</param>
public sealed record ScreenView(
    [property: StringLength(64, MinimumLength = 1)] string SessionId,
    [property: StringLength(128, MinimumLength = 1)] string Screen,
    [property: StringLength(128)] string? Previous = null);
