namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>A signing secret as Standard Webhooks writes it: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
internal static class SigningKey
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    /// <summary>The key's bytes; false when it is none.</summary>
    public static bool TryParse(string? text, out byte[] key)
    {
        key = [];
        if (text?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return false;
        Span<byte> bytes = stackalloc byte[MostBytes + 2];
        if (!Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) || length is < LeastBytes or > MostBytes)
            return false;
        key = bytes[..length].ToArray();
        return true;
    }
}
