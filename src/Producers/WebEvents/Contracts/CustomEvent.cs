using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace EventSourcing.WebEvents.Contracts;

/// <summary>Something the site's own code told with <c>tracker.track(name, data)</c>.</summary>
/// <param name="SessionId">The visit this event belongs to.</param>
/// <param name="Url">The page, without query and fragment.</param>
/// <param name="Name">What happened: <c>cart.item-added</c>.</param>
/// <param name="Data">Whatever the site adds: any JSON object, within the route's largest event.</param>
public sealed record CustomEvent(
    [property: StringLength(64, MinimumLength = 1)] string SessionId,
    [property: StringLength(2_048, MinimumLength = 1)] string Url,
    [property: StringLength(128, MinimumLength = 1)] string Name,
    IReadOnlyDictionary<string, JsonElement>? Data = null);
