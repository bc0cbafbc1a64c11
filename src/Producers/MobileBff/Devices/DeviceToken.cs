using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.MobileBff.Devices;

/// <summary>
/// A device token in parts: <c>d1.KEY-ID.INSTALLATION-ID.EXPIRES.SIGNATURE</c>, sent as <c>Authorization: Bearer TOKEN</c>. KEY-ID names the signing
/// key, EXPIRES is Unix time in seconds, SIGNATURE is HMAC-SHA256 (RFC 2104) over the UTF-8 bytes of all before the last dot, in
/// base64url without padding. Whoever registers devices issues it; this service only checks.
/// </summary>
/// <param name="KeyId">1 to 32 of <c>[A-Za-z0-9_-]</c>.</param>
/// <param name="InstallationId">1 to 64 of <c>[A-Za-z0-9_-]</c>.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Signed">What the signature is over.</param>
/// <param name="Signature">32 bytes.</param>
internal sealed record DeviceToken(string KeyId, string InstallationId, DateTimeOffset Expires, string Signed, byte[] Signature)
{
    private const string Version = "d1";
    private const int MaxLength = 256;
    private const int MaxKeyIdLength = 32;
    private const int MaxInstallationIdLength = 64;
    private const int SignatureLength = 43;                   // 32 bytes in base64url

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Reads a token without believing it; null when it is none.</summary>
    public static DeviceToken? Parse(string text)
    {
        if (text.Length > MaxLength || text.Split('.') is not [Version, var key, var installation, var expires, var signature])
            return null;
        if (!IsKeyId(key) || !IsInstallationId(installation) || ReadTime(expires) is not { } time || ReadSignature(signature) is not { } bytes)
            return null;
        return new DeviceToken(key, installation, time, text[..^(signature.Length + 1)], bytes);
    }

    /// <summary>Compares the signature with the right one, in time that does not depend on where they differ.</summary>
    public bool IsSignedWith(ReadOnlySpan<byte> key)
    {
        Span<byte> right = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(Signed), right);
        return CryptographicOperations.FixedTimeEquals(right, Signature);
    }

    /// <summary>True for a text that can name a key.</summary>
    public static bool IsKeyId(string id) => IsId(id, MaxKeyIdLength);

    /// <summary>True for a text that can name an installation.</summary>
    public static bool IsInstallationId(string id) => IsId(id, MaxInstallationIdLength);

    private static bool IsId(string id, int longest) => id.Length > 0 && id.Length <= longest && !id.AsSpan().ContainsAnyExcept(IdCharacters);

    private static DateTimeOffset? ReadTime(string seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(value)
            : null;

    private static byte[]? ReadSignature(string text)
    {
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return text.Length == SignatureLength && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length
            ? bytes
            : null;
    }
}
