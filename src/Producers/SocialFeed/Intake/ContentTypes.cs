using Microsoft.Net.Http.Headers;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>What a content type says about its bytes.</summary>
internal static class ContentTypes
{
    private const int Longest = 256;

    /// <summary>True for none, and for one that follows RFC 9110 within 256 characters.</summary>
    public static bool IsWellFormed(string? contentType) =>
        string.IsNullOrEmpty(contentType) || (contentType.Length <= Longest && MediaTypeHeaderValue.TryParse(contentType, out _));

    /// <summary>
    /// True when it promises UTF-8: by its charset (US-ASCII is a part of it), or, without one, as text or JSON. Text in another charset is kept as it came.
    /// </summary>
    public static bool PromisesUtf8(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed))
            return false;
        var charset = parsed.Charset.Value?.Trim('"');
        if (!string.IsNullOrEmpty(charset))
            return charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
        return parsed.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
            || parsed.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || parsed.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);
    }
}
