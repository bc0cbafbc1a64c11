namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>A signing secret as Standard Webhooks writes it: base64 of 24 to 64 bytes behind <c>whsec_</c>, which may be missing.</summary>
internal static class SigningKey
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    /// <summary>The key's bytes; false when it is none.</summary>
    public static bool TryParse(string? text, out byte[] key)
    {
        key = [];
        if (string.IsNullOrEmpty(text))
            return false;
        Span<byte> bytes = stackalloc byte[MostBytes + 2];
        var secret = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        if (!Convert.TryFromBase64String(secret, bytes, out var length) || length is < LeastBytes or > MostBytes)
            return false;
        key = bytes[..length].ToArray();
        return true;
    }
}
