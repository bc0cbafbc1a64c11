using System.Security.Cryptography;
using System.Text;
using EventSourcing.MobileBff.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Devices;

/// <summary>Decides whether a token is good. A token with an unknown key costs the same as one with a wrong signature.</summary>
internal sealed class DeviceTokenVerifier(IOptionsMonitor<DeviceTokenOptions> options, TimeProvider time)
{
    private readonly byte[] _noKey = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    /// <summary>Why the token is not taken; null when it is, and then its installation.</summary>
    public string? FindDefect(string text, out string? installation)
    {
        installation = null;
        if (DeviceToken.Parse(text) is not { } token)
            return "The token is no device token.";
        var current = options.CurrentValue;
        var key = current.Keys.TryGetValue(token.KeyId, out var known) ? Encoding.UTF8.GetBytes(known) : _noKey;
        if (!token.IsSignedWith(key))
            return "The token's signature is not right.";
        var now = time.GetUtcNow();
        if (token.Expires <= now)
            return $"The token has expired at {token.Expires:O}.";
        if (token.Expires - now > current.MaxLifetime)
            return $"The token lasts longer than is taken here ({current.MaxLifetime}).";
        installation = token.InstallationId;
        return null;
    }

    /// <summary>True when the installation's tokens are no longer taken.</summary>
    public bool IsBlocked(string installation) => options.CurrentValue.Blocked.Contains(installation);
}
