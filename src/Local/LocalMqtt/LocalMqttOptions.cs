using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.LocalMqtt;

/// <summary>How the host listens; from the command line (<c>--port 1883</c>) or the environment.</summary>
internal sealed class LocalMqttOptions
{
    /// <summary>TCP port on the loopback interface, 1 to 65,535; default 1883, the registered MQTT port.</summary>
    [Range(1, 65_535)] public int Port { get; set; } = 1883;

    /// <summary>
    /// Most messages kept for one client that is away or slow, count, 1 to 1,000,000; default 100,000. MQTTnet's own default of 250
    /// loses data within a second. Above the limit new messages are dropped, and the drop is logged.
    /// </summary>
    [Range(1, 1_000_000)] public int MaxQueued { get; set; } = 100_000;
}

/// <summary>Validates at start, all errors at once.</summary>
[OptionsValidator]
internal sealed partial class LocalMqttOptionsValidator : IValidateOptions<LocalMqttOptions>;
