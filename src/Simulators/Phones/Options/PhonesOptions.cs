using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Phones.Options;

/// <summary>The phones, their recorded week and their network.</summary>
public sealed class PhonesOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Phones";

    /// <summary>The BFF's address; default the service <c>http://mobile-bff</c>, found by service discovery.</summary>
    [Required] public Uri Bff { get; set; } = new("http://mobile-bff");

    /// <summary>The topic the events are meant for; receipts are booked under it. Default <c>mobile-events</c>.</summary>
    [Required] public string Topic { get; set; } = "mobile-events";

    /// <summary>Installations, count, 1 to 10,000; default 200.</summary>
    [Range(1, 10_000)] public int Installations { get; set; } = 200;

    /// <summary>Events of all phones, per second, 0.1 to 100,000; default 40.</summary>
    [Range(0.1, 100_000)] public double EventsPerSecond { get; set; } = 40;

    /// <summary>Events after which the phones are put away, count; default 0: they go on until they are stopped, week after week.</summary>
    [Range(0, long.MaxValue)] public long Count { get; set; }

    /// <summary>Events of one phone in the recorded week, count, 1 to 1,000,000; default 100.</summary>
    [Range(1, 1_000_000)] public int EventsPerWeek { get; set; } = 100;

    /// <summary>Most events that a phone has gathered when it finds a network, count, 1 to 5,000; default 40.</summary>
    [Range(1, 5_000)] public int MaxBacklog { get; set; } = 40;

    /// <summary>Phones that are online at one time, count, 1 to 1,000; default 8.</summary>
    [Range(1, 1_000)] public int Online { get; set; } = 8;

    /// <summary>Events that are corrupt, percent, 0 to 100; default 1.</summary>
    [Range(0, 100.0)] public double CorruptPercent { get; set; } = 1;

    /// <summary>One request in so many has its connection cut, 0 (none) to 1,000,000; default 20.</summary>
    [Range(0, 1_000_000)] public int CutEvery { get; set; } = 20;

    /// <summary>One request in so many is sent twice, 0 (none) to 1,000,000; default 20.</summary>
    [Range(0, 1_000_000)] public int RepeatEvery { get; set; } = 20;

    /// <summary>Seed of the week and of the network's moods: the same seed gives the same events.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Id of the key that device tokens are signed with, as the BFF knows it; default <c>dev</c>.</summary>
    [Required] public string TokenKeyId { get; set; } = "dev";

    /// <summary>The key itself, text of at least 32 characters, the same as the BFF's; required, secret.</summary>
    [Required, MinLength(32)] public string TokenKey { get; set; } = "";

    /// <summary>Folder of the phones' queues; default: a temporary one, deleted at the end.</summary>
    public string? QueueDirectory { get; set; }

    /// <summary>Every Nth event starts a trace, 0 (none) to 1,000,000; default 100.</summary>
    [Range(0, 1_000_000)] public int TraceEvery { get; set; } = 100;

    /// <summary>How long a stop waits for outstanding answers, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Validates at start, all errors at once.</summary>
[OptionsValidator]
internal sealed partial class PhonesOptionsValidator : IValidateOptions<PhonesOptions>;
