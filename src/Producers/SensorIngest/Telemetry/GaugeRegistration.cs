using EventSourcing.SensorIngest.Mqtt;
using EventSourcing.SensorIngest.Registry;

namespace EventSourcing.SensorIngest.Telemetry;

/// <summary>Registers the gauges when the host starts, when everything they read exists.</summary>
internal sealed class GaugeRegistration(SensorIngestTelemetry telemetry, DeviceRegistry registry, WaitingRoom room, IServiceProvider services) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        telemetry.Gauge("registry.devices", "{device}", "Devices known.", () => registry.Count);
        telemetry.Gauge("waiting.usage", "{message}", "Readings that wait for a registration.", () => room.Count);
        if (services.GetService<MqttSourceState>() is { } mqtt)
            telemetry.Gauge("inbox.usage", "{message}", "MQTT messages received and not acknowledged.", () => mqtt.Connections.Sum(static connection => connection.Unacknowledged));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
