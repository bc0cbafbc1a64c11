using System.Text;

namespace EventSourcing.SocialFeed.Payloads;

/// <summary>
/// A payload on disk: <c>{sha256}.{content type, percent-encoded}</c>. One file, so that one rename puts bytes and content type in place together; its
/// time of modification is when an event last referred to it.
/// </summary>
/// <param name="Hash">SHA-256, hexadecimal, lower case.</param>
/// <param name="ContentType">The content type they came with first.</param>
internal sealed record PayloadFile(string Hash, string ContentType)
{
    /// <summary>Content type of bytes that nobody named.</summary>
    public const string Unnamed = "application/octet-stream";

    private const int HashLength = 64;
    private const int LongestName = 240; // most file systems allow 255 bytes

    /// <summary>The file's name.</summary>
    public string Name { get; } = NameOf(Hash, ContentType);

    /// <summary>Reads a file's name; null when it is no payload's.</summary>
    public static PayloadFile? TryParse(string name)
    {
        var hash = name.Split('.')[0];
        return IsHash(hash) && name.Length > HashLength + 1 ? new PayloadFile(hash, Uri.UnescapeDataString(name[(HashLength + 1)..])) : null;
    }

    /// <summary>True for 64 hexadecimal digits in lower case.</summary>
    public static bool IsHash(string text) => text.Length == HashLength && text.All(char.IsAsciiHexDigitLower);

    private static string NameOf(string hash, string contentType)
    {
        var name = $"{hash}.{Uri.EscapeDataString(contentType)}";
        return Encoding.UTF8.GetByteCount(name) <= LongestName ? name : $"{hash}.{Uri.EscapeDataString(Unnamed)}";
    }
}
