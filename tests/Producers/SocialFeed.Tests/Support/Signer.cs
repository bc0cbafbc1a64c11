using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>Signs as Standard Webhooks says, in the shortest way: one string of bytes, one call.</summary>
internal static class Signer
{
    public const string Key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string OldKey = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    public const string StrangeKey = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public static string Sign(string id, string timestamp, byte[] body, string key = Key)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key["whsec_".Length..]), signed));
    }

    /// <summary>Signs a request whose body is known.</summary>
    public static HttpRequestMessage Signed(this HttpRequestMessage request, byte[] body, string? id = null, DateTimeOffset? time = null, string key = Key)
    {
        id ??= $"msg_{Guid.NewGuid():N}";
        var timestamp = (time ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("webhook-id", id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", Sign(id, timestamp, body, key));
        return request;
    }
}
