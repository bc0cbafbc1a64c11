using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace EventSourcing.Orders.Endpoints;

/// <summary>Versions as entity tags (RFC 9110 section 8.8.3): version 2 is <c>"2"</c>.</summary>
internal static class VersionTags
{
    public static string Format(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The versions of <c>If-Match</c>: null when it is absent or <c>*</c>; empty when none of its tags can match. False when it is malformed.</summary>
    public static bool TryReadIfMatch(IHeaderDictionary headers, out int[]? versions)
    {
        versions = null;
        if (headers.IfMatch.Count == 0)
            return true;
        if (!EntityTagHeaderValue.TryParseStrictList(headers.IfMatch, out var tags))
            return false;
        if (!tags.Contains(EntityTagHeaderValue.Any))
            versions = [.. tags.Where(static tag => !tag.IsWeak).Select(Version).OfType<int>()];
        return true;
    }

    /// <summary>True when <c>If-None-Match</c> names the version: the client has it.</summary>
    public static bool IsKnown(IHeaderDictionary headers, int version) =>
        headers.IfNoneMatch.Count > 0 && EntityTagHeaderValue.TryParseList(headers.IfNoneMatch, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || Version(tag) == version);

    private static int? Version(EntityTagHeaderValue tag) =>
        int.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
