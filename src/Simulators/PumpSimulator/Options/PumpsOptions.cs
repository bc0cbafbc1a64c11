using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.PumpSimulator.Options;

/// <summary>The fleet that replays a pump data file: how fast, which way, how long. Addresses: <c>ConnectionStrings:mqtt</c>, <c>ConnectionStrings:kafka</c>.</summary>
public sealed class PumpsOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Pumps";

    /// <summary>The data file; default: the excerpt that comes with the simulator.</summary>
    public string? DataFile { get; set; }

    /// <summary>Readings of the whole fleet, per second, 0.1 to 100,000; default 200. Slower when the receivers are.</summary>
    [Range(0.1, 100_000)] public double RatePerSecond { get; set; } = 200;

    /// <summary>Readings after which the fleet stops, count; default 0: it replays in a loop until it is stopped.</summary>
    [Range(0, long.MaxValue)] public long Count { get; set; }

    /// <summary>Part of the readings that goes over MQTT, weight, 0 to 100; default 6. 0 switches the way off.</summary>
    [Range(0, 100)] public double MqttShare { get; set; } = 6;

    /// <summary>Part that goes over HTTP, weight, 0 to 100; default 3.</summary>
    [Range(0, 100)] public double HttpShare { get; set; } = 3;

    /// <summary>Part that goes straight to the topic, weight, 0 to 100; default 1.</summary>
    [Range(0, 100)] public double DirectShare { get; set; } = 1;

    /// <summary>Every Nth sending starts a trace, 0 (none) to 1,000,000; default 100.</summary>
    [Range(0, 1_000_000)] public int TraceEvery { get; set; } = 100;

    /// <summary>How long a stop waits for outstanding answers, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Validates at start.</summary>
[OptionsValidator]
internal sealed partial class PumpsOptionsValidator : IValidateOptions<PumpsOptions>;
