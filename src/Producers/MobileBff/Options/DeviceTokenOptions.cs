using System.ComponentModel.DataAnnotations;

namespace EventSourcing.MobileBff.Options;

/// <summary>Who signs device tokens, and whose are no longer taken. Read again when the configuration changes.</summary>
public sealed class DeviceTokenOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "DeviceTokens";

    /// <summary>
    /// Signing keys by id (1 to 32 of <c>[A-Za-z0-9_-]</c>): text of 32 to 512 characters whose UTF-8 bytes are the HMAC key. At least one; two while a
    /// key is replaced. Secret.
    /// </summary>
    [Required] public IDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Installations that are answered 403 although their tokens are good: lost or abusive devices; default none.</summary>
    [Required] public IList<string> Blocked { get; init; } = [];

    /// <summary>Longest time to expiry a token may have, 1 min to 3650 d, default 400 d: a token for ever is none.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")] public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromDays(400);
}
