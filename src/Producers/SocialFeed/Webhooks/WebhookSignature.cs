using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>
/// The signature of one request (Standard Webhooks 1.0): HMAC-SHA256 over <c>webhook-id.webhook-timestamp.body</c>, computed with every key of
/// the feed while the body passes by, compared in constant time. <c>webhook-signature</c> holds one or more <c>v1,BASE64</c>; one that fits is enough.
/// </summary>
/// <see href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"/>
internal sealed class WebhookSignature : IDisposable
{
    private const string Version = "v1,";
    private const int MostSignatures = 16;
    private const int MostIdCharacters = 128;

    private readonly IncrementalHash[] _hashes;
    private readonly List<byte[]> _claimed;

    private WebhookSignature(string id, DateTimeOffset sent, IncrementalHash[] hashes, List<byte[]> claimed) =>
        (Id, Sent, _hashes, _claimed) = (id, sent, hashes, claimed);

    /// <summary><c>webhook-id</c>.</summary>
    public string Id { get; }

    /// <summary><c>webhook-timestamp</c>.</summary>
    public DateTimeOffset Sent { get; }

    /// <summary>Reads the headers; null, with the reason, when the request is refused without a look at its body.</summary>
    public static WebhookSignature? Begin(IHeaderDictionary headers, IReadOnlyList<byte[]> keys, DateTimeOffset now, TimeSpan tolerance, out string reason)
    {
        var id = headers["webhook-id"];
        var timestamp = headers["webhook-timestamp"];
        var signatures = headers["webhook-signature"];
        reason = "webhook-id, webhook-timestamp and webhook-signature are needed, each once.";
        if (id is not [{ Length: > 0 and <= MostIdCharacters } theId] || timestamp is not [{ Length: > 0 } theTimestamp] || signatures is not [{ Length: > 0 } theSignatures])
            return null;
        reason = "webhook-id may hold printable ASCII only, and no dot.";
        if (theId.AsSpan().ContainsAnyExceptInRange('!', '~') || theId.Contains('.', StringComparison.Ordinal))
            return null;
        reason = "webhook-timestamp must be Unix time in seconds.";
        if (!TryReadTime(theTimestamp, out var sent))
            return null;
        reason = $"webhook-timestamp differs from this clock by more than {tolerance.TotalSeconds:0} s: an old request sent again, or a wrong clock.";
        if ((now - sent).Duration() > tolerance)
            return null;
        var claimed = ReadSignatures(theSignatures);
        reason = "webhook-signature holds no v1 signature.";
        return claimed.Count == 0 ? null : new WebhookSignature(theId, sent, Hashes(keys, $"{theId}.{theTimestamp}."), claimed);
    }

    /// <summary>A piece of the body, as it came.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        foreach (var hash in _hashes)
            hash.AppendData(piece);
    }

    /// <summary>True when a signature fits; every key and every signature is looked at, whichever fits. To be asked once, after the body.</summary>
    public bool Fits()
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var fits = false;
        foreach (var hash in _hashes)
        {
            hash.GetHashAndReset(expected);
            foreach (var claimed in _claimed)
                fits |= CryptographicOperations.FixedTimeEquals(expected, claimed);
        }

        return fits;
    }

    public void Dispose()
    {
        foreach (var hash in _hashes)
            hash.Dispose();
    }

    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return false;
        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    private static List<byte[]> ReadSignatures(string header)
    {
        var claimed = new List<byte[]>();
        foreach (var part in header.Split(' ', MostSignatures + 1, StringSplitOptions.RemoveEmptyEntries).Take(MostSignatures))
        {
            var bytes = new byte[HMACSHA256.HashSizeInBytes];
            if (part.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64String(part[Version.Length..], bytes, out var length) && length == bytes.Length)
                claimed.Add(bytes);
        }

        return claimed;
    }

    private static IncrementalHash[] Hashes(IReadOnlyList<byte[]> keys, string start)
    {
        var prefix = Encoding.ASCII.GetBytes(start);
        var hashes = new IncrementalHash[keys.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys[i]);
            hashes[i].AppendData(prefix);
        }

        return hashes;
    }
}
