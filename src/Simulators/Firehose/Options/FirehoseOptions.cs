using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Firehose.Options;

/// <summary>The networks, what is posted on them, and how it gets out.</summary>
public sealed class FirehoseOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Firehose";

    /// <summary>The webhook; default <c>http://social-feed/webhooks/firehose</c>, found by service discovery.</summary>
    [Required] public Uri Webhook { get; set; } = new("http://social-feed/webhooks/firehose");

    /// <summary>The key that webhooks are signed with, base64 with <c>whsec_</c> before it or without, one of the feed's; required, secret.</summary>
    [Required, RegularExpression("(whsec_)?([A-Za-z0-9+/]{4}){8,21}([A-Za-z0-9+/]{2}[A-Za-z0-9+/=]=)?", ErrorMessage = "Firehose:Key must be base64 of 24 to 64 bytes.")]
    public string Key { get; set; } = "";

    /// <summary>Who asks for the stream must send this as a bearer token; default none: everybody may. Secret.</summary>
    public string? StreamToken { get; set; }

    /// <summary>The topic the posts are meant for; receipts are booked under it. Default <c>social-posts</c>.</summary>
    [Required] public string Topic { get; set; } = "social-posts";

    /// <summary>Posts of all networks to the webhook, per second, 0.1 to 100,000; default 30.</summary>
    [Range(0.1, 100_000)] public double PostsPerSecond { get; set; } = 30;

    /// <summary>Posts on the stream, per second, 0 (no stream) to 100,000; default 30.</summary>
    [Range(0, 100_000.0)] public double StreamPostsPerSecond { get; set; } = 30;

    /// <summary>Posts to the webhook after which the networks fall silent, count; default 0: they go on until they are stopped.</summary>
    [Range(0, long.MaxValue)] public long Count { get; set; }

    /// <summary>Posts after which the stream falls silent, count; default 0: it goes on until it is stopped.</summary>
    [Range(0, long.MaxValue)] public long StreamCount { get; set; }

    /// <summary>Networks, each with a source of its own and one request at a time, count, 1 to 1,000; default 8.</summary>
    [Range(1, 1_000)] public int Networks { get; set; } = 8;

    /// <summary>Authors per network, count, 1 to 1,000,000; default 50.</summary>
    [Range(1, 1_000_000)] public int Authors { get; set; } = 50;

    /// <summary>Most posts of one batch, count, 1 to 500; default 8.</summary>
    [Range(1, 500)] public int MaxBatch { get; set; } = 8;

    /// <summary>One post in so many is larger than 64 KiB, 0 (none) to 1,000,000; default 50.</summary>
    [Range(0, 1_000_000)] public int LargeEvery { get; set; } = 50;

    /// <summary>The largest post, bytes, 65,537 to 64 MiB; default 2 MiB. In structured form it is at most 512 KiB.</summary>
    [Range(65_537, 67_108_864)] public int MaxPostBytes { get; set; } = 2_097_152;

    /// <summary>Posts to the webhook that are corrupt, percent, 0 to 100; default 1.</summary>
    [Range(0, 100.0)] public double CorruptPercent { get; set; } = 1;

    /// <summary>Seed of the posts: the same seed gives the same posts.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Every Nth request or stream post starts a trace, 0 (none) to 1,000,000; default 100.</summary>
    [Range(0, 1_000_000)] public int TraceEvery { get; set; } = 100;

    /// <summary>How long a stop waits for outstanding answers, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Validates at start, all errors at once.</summary>
[OptionsValidator]
internal sealed partial class FirehoseOptionsValidator : IValidateOptions<FirehoseOptions>;
