using System.ComponentModel.DataAnnotations;

namespace EventSourcing.MobileBff.Options;

/// <summary>What one installation may use, so that none crowds out the others.</summary>
public sealed class InstallationOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Installations";

    /// <summary>Events of one installation, per second, over time; 1 to 100,000, default 50. A proxied request counts as one. Beyond: 429.</summary>
    [Range(1, 100_000)] public int EventsPerSecond { get; set; } = 50;

    /// <summary>Events that an installation may send at once after a pause, count; at least <c>Mobile:MaxBatchEvents</c>, default 1,000.</summary>
    [Range(1, 1_000_000)] public int BurstEvents { get; set; } = 1_000;

    /// <summary>Batches of one installation that wait while one is taken, count; 0 to 100, default 4. They are taken in order; more: 429.</summary>
    [Range(0, 100)] public int MaxWaitingBatches { get; set; } = 4;

    /// <summary>Proxied requests of one installation at one time, count; 1 to 1,000, default 4. More: 429.</summary>
    [Range(1, 1_000)] public int MaxProxiedRequests { get; set; } = 4;

    /// <summary>
    /// Installations whose shares are kept track of at one time, count; 100 to 10,000,000, default 20,000 (about 2 KiB each). One that has used nothing lately gives way;
    /// when none has, a further one is answered 429.
    /// </summary>
    [Range(100, 10_000_000)] public int MaxTracked { get; set; } = 20_000;
}
