using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.MobileBff.Tests.Support;

/// <summary>Issues device tokens as the format's description says, apart from the code that checks them.</summary>
internal static class Tokens
{
    public const string KeyId = "k1";
    public const string Key = "a signing key of the tests, long enough";

    public static string For(string installation, TimeSpan? life = null, string keyId = KeyId, string key = Key)
    {
        var expires = (DateTimeOffset.UtcNow + (life ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds();
        return Sign($"d1.{keyId}.{installation}.{expires}", key);
    }

    public static string Sign(string text, string key = Key) =>
        $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)))}";
}
