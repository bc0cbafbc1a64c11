using System.ComponentModel.DataAnnotations;

namespace EventSourcing.MobileBff.Options;

/// <summary>What the batch endpoint and the proxy take. What happens to an accepted event is the route's profile: <c>Backbone:Routes:mobile-events</c>.</summary>
public sealed class MobileOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Mobile";

    /// <summary>Largest request body, of a batch or to be proxied, bytes; 1 KiB to 64 MiB, default 1 MiB. More is answered 413.</summary>
    [Range(1_024, 67_108_864)] public int MaxBodyBytes { get; set; } = 1_048_576;

    /// <summary>Most events in one batch, count; 1 to 10,000, default 200. More is answered 413: send smaller batches.</summary>
    [Range(1, 10_000)] public int MaxBatchEvents { get; set; } = 200;

    /// <summary>Batches held at one time, bytes; at least <see cref="MaxBodyBytes"/>, default 64 MiB. More is answered 429.</summary>
    [Range(1_024, 2_147_483_647)] public int MaxInFlightBytes { get; set; } = 67_108_864;

    /// <summary>
    /// Difference between a phone's clock and this one that counts as network delay, 0 to 1 h, default 5 s. Beyond it the event's
    /// <c>time</c> is corrected and the phone's own kept as <c>clienttime</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When a refused phone may try again unless the backbone knows better; 100 ms to 5 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Origins whose pages may call this service (<c>https://app.example</c>), or <c>*</c>; default none: an app needs none.</summary>
    [Required] public IList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Pages served from the loopback interface may call this service; default true: it is the developer's own machine.</summary>
    public bool AllowLoopbackOrigins { get; set; } = true;

    /// <summary>Where <c>/schemas/</c> is reached from outside, for <c>dataschema</c>; absolute, ends in a slash.</summary>
    [Required] public Uri SchemaBaseUri { get; set; } = new("http://localhost:5141/schemas/");
}
