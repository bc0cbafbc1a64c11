using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.PumpSimulator.Options;

/// <summary>How devices use MQTT.</summary>
public sealed class MqttWayOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "MqttWay";

    /// <summary>First part of every topic; default <c>sensors</c>: <c>sensors/lane-2/{device}/readings</c>.</summary>
    [Required] public string TopicPrefix { get; set; } = "sensors";

    /// <summary>
    /// Lanes that devices spread over by a hash of their id, count, 0 to 64; default 4, as SensorIngest's <c>Mqtt:Lanes</c>. With 0 a topic has
    /// no level for the lane: <c>sensors/{device}/readings</c>.
    /// </summary>
    [Range(0, 64)] public int Lanes { get; set; } = 4;

    /// <summary>Last level of the topics of readings; default <c>readings</c>.</summary>
    [Required] public string ReadingsSuffix { get; set; } = "readings";

    /// <summary>Last level of the topics of registrations; default <c>assets</c>.</summary>
    [Required] public string AssetsSuffix { get; set; } = "assets";

    /// <summary>Messages of one device that may be unacknowledged, count, 1 to 1,000; default 8.</summary>
    [Range(1, 1_000)] public int Window { get; set; } = 8;

    /// <summary>Longest wait for CONNACK or PUBACK, 1 s to 2 min; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Validates at start.</summary>
[OptionsValidator]
internal sealed partial class MqttWayOptionsValidator : IValidateOptions<MqttWayOptions>;
