using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.Firehose.Sending;

/// <summary>Signs webhooks as Standard Webhooks 1.0 says: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
/// <param name="key">Base64, with <c>whsec_</c> before it or without.</param>
internal sealed class WebhookSigner(string key)
{
    private const string Prefix = "whsec_";
    private static readonly byte[] WrongKey = new byte[32];
    private readonly byte[] _key = Convert.FromBase64String(key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : key);

    /// <summary>Sets the three headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The same for every attempt.</param>
    /// <param name="body">The body.</param>
    /// <param name="time">The time of this attempt.</param>
    /// <param name="isWrong">With a key that nobody knows.</param>
    public void Sign(HttpRequestMessage request, string id, ReadOnlySpan<byte> body, DateTimeOffset time, bool isWrong)
    {
        var timestamp = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, isWrong ? WrongKey : _key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hash.AppendData(body);
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", $"v1,{Convert.ToBase64String(hash.GetHashAndReset())}");
    }
}
