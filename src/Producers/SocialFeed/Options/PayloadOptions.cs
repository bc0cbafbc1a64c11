using System.ComponentModel.DataAnnotations;

namespace EventSourcing.SocialFeed.Options;

/// <summary>The store of what is too large for an event.</summary>
public sealed class PayloadOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Payloads";

    /// <summary>The store's folder, of one process alone; relative paths start at the program's folder. It must survive the process.</summary>
    [Required] public string Directory { get; set; } = "payloads";

    /// <summary>Largest event that carries its data itself, bytes of key, attributes and data; 1 KiB to 1,048,588, default 65,536 (CloudEvents, Size Limits).</summary>
    [Range(1_024, 1_048_588)] public int MaxInlineBytes { get; set; } = 65_536;

    /// <summary>Largest payload, bytes; 64 KiB to 2 GiB, default 32 MiB. More is answered 413.</summary>
    [Range(65_536, 2_147_483_647)] public int MaxPayloadBytes { get; set; } = 33_554_432;

    /// <summary>Most bytes in the store, those that are being received included; 1 MiB to 1 TiB, default 1 GiB. More is answered 503.</summary>
    [Range(1_048_576, 1_099_511_627_776)] public long QuotaBytes { get; set; } = 1_073_741_824;

    /// <summary>How long a payload stays after the last event that refers to it, 1 s to 3650 d; default 8 d, a day longer than the topic's events.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")] public TimeSpan Retention { get; set; } = TimeSpan.FromDays(8);

    /// <summary>How often expired payloads are looked for, 100 ms to 1 d; default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")] public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Where <c>/payloads/</c> is reached from outside, for <c>dataref</c>; absolute, ends in a slash.</summary>
    [Required] public Uri BaseUri { get; set; } = new("http://localhost:5151/payloads/");
}
