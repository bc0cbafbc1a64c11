using System.ComponentModel.DataAnnotations;

namespace EventSourcing.MobileBff.Contracts;

/// <summary>Something a user did in the app.</summary>
/// <param name="SessionId">The use of the app this action belongs to.</param>
/// <param name="Screen">The screen it was done on.</param>
/// <param name="Name">What was done: <c>cart.item-added</c>.</param>
/// <param name="Attributes">Whatever the app adds, within the route's largest event.</param>
public sealed record UserAction(
    [property: StringLength(64, MinimumLength = 1)] string SessionId,
    [property: StringLength(128, MinimumLength = 1)] string Screen,
    [property: StringLength(128, MinimumLength = 1)] string Name,
    IReadOnlyDictionary<string, string>? Attributes = null);
