using System.ComponentModel.DataAnnotations;

namespace EventSourcing.WebEvents.Contracts;

/// <summary>A visitor clicked an element that the page has marked with <c>data-track</c>.</summary>
/// <param name="SessionId">The visit this click belongs to.</param>
/// <param name="Url">The page, without query and fragment.</param>
/// <param name="Element">The value of the element's <c>data-track</c> attribute.</param>
/// <param name="Attributes">The element's <c>data-track-*</c> attributes, without that prefix.</param>
public sealed record Click(
    [property: StringLength(64, MinimumLength = 1)] string SessionId,
    [property: StringLength(2_048, MinimumLength = 1)] string Url,
    [property: StringLength(128, MinimumLength = 1)] string Element,
    IReadOnlyDictionary<string, string>? Attributes = null);
