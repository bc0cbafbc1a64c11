using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Processes;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Mqtt;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>
/// The same readings over MQTT 5, QoS 1, through mosquitto, or LocalMqtt where there is none. The broker answers the sender, so what the service has not
/// taken yet waits in the broker.
/// </summary>
internal sealed class SensorIngestMqttPath : SensorIngestHttpPath
{
    private const int Clients = 4;

    private readonly List<MqttSender> _senders = [];
    private Uri? _mqtt;

    public override int Lanes => Clients * 100;

    protected override ServiceDefinition Definition => new("SensorIngest")
    {
        Settings = { ["ConnectionStrings__mqtt"] = _mqtt!.OriginalString },
        Folders = ["Mqtt__StateDirectory"],
    };

    public override async Task StartAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        _mqtt = new Uri(Tools.Mosquitto is null ? await StartLocalMqttAsync(stop) : Own(await Mosquitto.StartAsync(stop)).Address);
        await base.StartAsync(broker, stop);
        for (var i = 0; i < Clients; i++)
        {
            _senders.Add(Own(await MqttSender.ConnectAsync(_mqtt, stop)));
        }
    }

    public override Task SendAsync(int lane, int first, int count, CancellationToken stop) => _senders[lane % Clients].SendAsync(
        $"sensors/lane-{EventTemplate.KeyOf(first) % Clients}/{Pumps.DeviceOf(first)}/readings", Pumps.Reading.Bytes(first), stop);

    private async Task<string> StartLocalMqttAsync(CancellationToken stop)
    {
        var port = FreePort.Next();
        Own(await ChildProgram.StartAsync("src/Local/LocalMqtt", _ => Task.FromResult(Listening.On(port)), _ => ["--port", $"{port}"], stop: stop));
        return $"mqtt://127.0.0.1:{port}";
    }
}
