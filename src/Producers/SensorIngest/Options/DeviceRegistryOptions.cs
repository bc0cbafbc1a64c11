using System.ComponentModel.DataAnnotations;

namespace EventSourcing.SensorIngest.Options;

/// <summary>How the registry of devices is held and how long an unknown device is given the benefit of the doubt.</summary>
public sealed class DeviceRegistryOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Registry";

    /// <summary>Most devices held in memory, count, 1 to 10,000,000; default 100,000 (about 1 KiB each). Those above it stay unknown.</summary>
    [Range(1, 10_000_000)] public int MaxDevices { get; set; } = 100_000;

    /// <summary>
    /// How long an MQTT reading of an unknown device waits for its registration before it is judged, 0 to 5 min; default 10 s. A
    /// registration that the broker has acknowledged may still be on its way through another replica.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")] public TimeSpan UnknownDeviceGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a device that was judged unknown is judged without that wait, 0 to 1 h; default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan StrangerMemory { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Most readings that wait for a registration, count, 1 to 1,000,000; default 10,000. More are refused as overload.</summary>
    [Range(1, 1_000_000)] public int MaxWaiting { get; set; } = 10_000;

    /// <summary>Events whose <c>source</c> and <c>id</c> are remembered to recognise a second delivery, count, 1 to 10,000,000; default 100,000.</summary>
    [Range(1, 10_000_000)] public int DuplicateWindow { get; set; } = 100_000;
}
