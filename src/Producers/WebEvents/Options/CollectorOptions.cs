using System.ComponentModel.DataAnnotations;

namespace EventSourcing.WebEvents.Options;

/// <summary>What the collectors take and hold. What happens to an accepted event is the route's profile: <c>Backbone:Routes:web-events</c>.</summary>
public sealed class CollectorOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Collector";

    /// <summary>Largest HTTP request body, bytes; 1 KiB to 64 MiB, default 1 MiB. More is answered 413.</summary>
    [Range(1_024, 67_108_864)] public int MaxBodyBytes { get; set; } = 1_048_576;

    /// <summary>Most events in one HTTP batch, count; 1 to 10,000, default 500. More is answered 413: send smaller batches.</summary>
    [Range(1, 10_000)] public int MaxBatchEvents { get; set; } = 500;

    /// <summary>Request bodies held at one time, bytes; at least <see cref="MaxBodyBytes"/>, default 64 MiB. More is answered 429.</summary>
    [Range(1_024, 2_147_483_647)] public int MaxInFlightBytes { get; set; } = 67_108_864;

    /// <summary>
    /// Largest gRPC message, bytes; 64 KiB to 64 MiB, default 1 MiB. A larger one ends its call with RESOURCE_EXHAUSTED (the framing of
    /// gRPC leaves no other way), so it stands well above the route's largest event, which costs an event only its own receipt.
    /// </summary>
    [Range(65_536, 67_108_864)] public int MaxMessageBytes { get; set; } = 1_048_576;

    /// <summary>gRPC streams open at one time, count; 1 to 100,000, default 256. More end with RESOURCE_EXHAUSTED.</summary>
    [Range(1, 100_000)] public int MaxStreams { get; set; } = 256;

    /// <summary>Most events of a stream that complete together, count; 1 to 10,000, default 256. Fewer when fewer have arrived.</summary>
    [Range(1, 10_000)] public int StreamGroupEvents { get; set; } = 256;

    /// <summary>Groups of one stream whose receipts may be outstanding, count; 1 to 64, default 4. Then the stream is not read any further.</summary>
    [Range(1, 64)] public int StreamGroupsInFlight { get; set; } = 4;

    /// <summary>
    /// Difference between a client's clock and this one that counts as network delay, 0 to 1 h, default 5 s. Beyond it the event's
    /// <c>time</c> is corrected and the client's own kept as <c>clienttime</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When a refused client may try again unless the backbone knows better; 100 ms to 5 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Origins whose pages may call the collectors (<c>https://shop.example</c>), or <c>*</c>; default none.</summary>
    [Required] public IList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Pages served from the loopback interface may call the collectors; default true: it is the developer's own machine.</summary>
    public bool AllowLoopbackOrigins { get; set; } = true;

    /// <summary>Where <c>/schemas/</c> is reached from outside, for <c>dataschema</c>; absolute, ends in a slash.</summary>
    [Required] public Uri SchemaBaseUri { get; set; } = new("http://localhost:5101/schemas/");
}
