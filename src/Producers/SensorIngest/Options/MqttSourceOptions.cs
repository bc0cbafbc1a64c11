using System.ComponentModel.DataAnnotations;

namespace EventSourcing.SensorIngest.Options;

/// <summary>How the service subscribes. The broker's address is <c>ConnectionStrings:mqtt</c>: <c>mqtt[s]://[user:password@]host[:port]</c>.</summary>
public sealed class MqttSourceOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Mqtt";

    /// <summary>False serves HTTP only; default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Topic filter of readings; one level is <c>+</c>, the device id. Default <c>sensors/+/readings</c>.</summary>
    [Required, RegularExpression(FilterPattern, ErrorMessage = FilterError)]
    public string ReadingsFilter { get; set; } = "sensors/+/readings";

    /// <summary>Topic filter of registrations; one level is <c>+</c>, the device id. Default <c>sensors/+/assets</c>.</summary>
    [Required, RegularExpression(FilterPattern, ErrorMessage = FilterError)]
    public string AssetsFilter { get; set; } = "sensors/+/assets";

    /// <summary>Share name (MQTT 5 §4.8.2) and first part of the lanes' client ids. No <c>/ + #</c>; default <c>sensor-ingest</c>.</summary>
    [Required, RegularExpression("[^/+#]+", ErrorMessage = "Mqtt:ShareName must not contain '/', '+' or '#'.")]
    public string ShareName { get; set; } = "sensor-ingest";

    /// <summary>
    /// Lanes of the devices' traffic, count, 1 to 64; default 4. A device publishes under <c>sensors/lane-N/{device}/...</c>, or without the
    /// lane's level, which is lane 0. One replica at a time has a lane, which keeps the order of a device's messages; the number of lanes is
    /// the most replicas that can share the load.
    /// </summary>
    [Range(1, 64)] public int Lanes { get; set; } = 4;

    /// <summary>Lanes that a replica takes at once, count, 1 to 64; default 64, which is all.</summary>
    [Range(1, 64)] public int LanesPerReplica { get; set; } = 64;

    /// <summary>Lanes that the replicas of this machine may take; default none, which is all. Where replicas run on several machines, each names its own.</summary>
    public int[] OnlyLanes { get; set; } = [];

    /// <summary>How long nobody has held a lane before a replica takes it beyond <see cref="LanesPerReplica"/>, 1 s to 1 h; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan TakeoverAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Folder of the lanes' lock files, shared by the replicas of one machine; default: under the user's local application data.</summary>
    public string? StateDirectory { get; set; }

    /// <summary>Receive Maximum (MQTT 5 §3.1.2.11.3): unacknowledged QoS 1 messages of a lane, count, 1 to 65,535; default 1,000.</summary>
    [Range(1, 65_535)] public int ReceiveMaximum { get; set; } = 1_000;

    /// <summary>
    /// Largest payload that is looked at, bytes, 1 KiB to 1 MiB; default 64 KiB. Of a larger one the first part goes to the dead letters.
    /// <see cref="ReceiveMaximum"/> times this bounds the memory of a lane.
    /// </summary>
    [Range(1_024, 1_048_576)] public int MaxPayloadBytes { get; set; } = 65_536;

    /// <summary>How long the broker keeps the session of a lane that nobody holds, 1 min to 100 d; default 7 d. Then its messages are lost.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "100.00:00:00")] public TimeSpan SessionExpiry { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Keep Alive (MQTT 5 §3.1.2.10), 1 s to 10 min; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")] public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest wait for a CONNACK or SUBACK, 1 s to 2 min; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>First wait before a reconnect, doubled each time, with jitter of half of it; 10 ms to 1 min, default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait before a reconnect, 10 ms to 10 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")] public TimeSpan ReconnectDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for receipts that are outstanding, 0 to 1 min; default 5 s. The rest comes again at the next start.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    private const string FilterPattern = @"(?:[^/+#$][^/+#]*/)*\+(?:/[^/+#]+)*";
    private const string FilterError = "{0} must be a topic filter with exactly one '+', which stands for the device id, and no '#'.";
}
