using System.ComponentModel.DataAnnotations;

namespace EventSourcing.MobileBff.Options;

/// <summary>How many receipts are remembered, and how long, so that an event sent again is answered with the first one's.</summary>
public sealed class WindowOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Window";

    /// <summary>
    /// Folder of the window's file; a relative path starts at the program's own folder. It must be on a disk that survives the process
    /// (a volume, in a container), and belongs to one process at a time. Default <c>window</c>.
    /// </summary>
    [Required] public string Directory { get; set; } = "window";

    /// <summary>Events remembered, count; 10,000 to 100,000,000, default 1,000,000 (about 100 bytes of disk each). The oldest is forgotten first.</summary>
    [Range(10_000, 100_000_000)] public int MaxEvents { get; set; } = 1_000_000;

    /// <summary>How long an event is remembered at most, once others follow; 1 min to 365 d, default 14 d.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")] public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// How long a start after a crash may ask the topic for events that were begun and have no receipt, 0 (do not ask) to 5 min; default 10 s. What is not
    /// known then is marked when it comes again.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")] public TimeSpan RecoveryTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
