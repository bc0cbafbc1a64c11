using System.ComponentModel.DataAnnotations;

namespace EventSourcing.SocialFeed.Options;

/// <summary>Who may call the webhooks, and what they take and hold.</summary>
public sealed class WebhookOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Webhooks";

    /// <summary>The feeds by name, the last part of <c>/webhooks/{feed}</c>; default none.</summary>
    [Required] public IDictionary<string, FeedOptions> Feeds { get; init; } = new Dictionary<string, FeedOptions>();

    /// <summary>Difference between <c>webhook-timestamp</c> and this clock beyond which a request is a replay, 1 s to 1 h; default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Largest structured event or batch, bytes; 1 KiB to 64 MiB, default 1 MiB. More is answered 413. They are read whole; posts in binary mode and
    /// plain ones are not, and may have <see cref="PayloadOptions.MaxPayloadBytes"/>.
    /// </summary>
    [Range(1_024, 67_108_864)] public int MaxStructuredBytes { get; set; } = 1_048_576;

    /// <summary>Most events in one batch, count; 1 to 10,000, default 500. More is answered 413.</summary>
    [Range(1, 10_000)] public int MaxBatchEvents { get; set; } = 500;

    /// <summary>Bytes of bodies in memory at one time; at least <see cref="MaxStructuredBytes"/>, default 64 MiB. More is answered 429.</summary>
    [Range(65_537, 2_147_483_647)] public int MaxInFlightBytes { get; set; } = 67_108_864;

    /// <summary>When a refused sender may try again unless the backbone knows better; 100 ms to 5 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);
}
