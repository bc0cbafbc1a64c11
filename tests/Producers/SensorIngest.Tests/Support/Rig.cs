using System.Net;
using System.Net.Http.Json;
using EventSourcing.LocalKafka;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Mqtt;

namespace EventSourcing.SensorIngest.Tests.Support;

/// <summary>A Kafka broker, an MQTT broker and a folder of one test's own.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly TempFolder _folder = new("sensor-ingest");
    private readonly List<Ingest> _replicas = [];

    private Rig(LocalKafkaBroker kafka, Mosquitto? mqtt) => (Kafka, Mqtt) = (kafka, mqtt!);

    public LocalKafkaBroker Kafka { get; }

    public Mosquitto Mqtt { get; }

    public static async Task<Rig> StartAsync(CancellationToken stop) =>
        new(await LocalKafkaBroker.StartAsync(stop: stop), await Mosquitto.StartAsync(stop));

    /// <summary>Without an MQTT broker: the service serves HTTP only.</summary>
    public static async Task<Rig> StartWithoutMqttAsync(CancellationToken stop) => new(await LocalKafkaBroker.StartAsync(stop: stop), null);

    /// <summary>The settings of a replica.</summary>
    public Dictionary<string, string?> Settings(params (string Key, string Value)[] own)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = Kafka.BootstrapServers,
            ["ConnectionStrings:mqtt"] = Mqtt?.Address,
            ["Mqtt:Enabled"] = (Mqtt is not null).ToString(),
            ["Mqtt:StateDirectory"] = _folder.File("state/x")[..^2],
            ["Backbone:SpoolDirectory"] = _folder.File($"spool-{_replicas.Count}/x")[..^2],
        };
        foreach (var (key, value) in own)
            settings[key] = value;
        return settings;
    }

    /// <summary>A replica that is ready.</summary>
    public async Task<Ingest> StartIngestAsync(CancellationToken stop, params (string Key, string Value)[] own)
    {
        var replica = await Ingest.StartAsync(Settings(own), stop);
        _replicas.Add(replica);
        await replica.IsReadyAsync(stop);
        return replica;
    }

    /// <summary>Registers devices; asset <c>asset-X</c> for device <c>X</c>.</summary>
    public static async Task RegisterAsync(Ingest ingest, CancellationToken stop, params string[] devices)
    {
        foreach (var device in devices)
        {
            using var answer = await ingest.Http.PostAsJsonAsync("/assets", new { assetId = $"asset-{device}", deviceId = device, name = $"Pump {device}" }, stop);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
    }

    /// <summary>The records of a topic once there are <paramref name="count"/>.</summary>
    public Task<IReadOnlyList<TopicRecord>> ReadAsync(string topic, int count, CancellationToken stop) => Eventually.ValueAsync(
        _ => TopicLog.ReadAsync(Kafka.BootstrapServers, topic), records => records.Count >= count, $"{count} records on {topic}", stop: stop);

    /// <summary>The records of <c>sensor-readings</c> once they have <paramref name="count"/> different ids.</summary>
    public Task<IReadOnlyList<TopicRecord>> ReadAllIdsAsync(int count, CancellationToken stop) => Eventually.ValueAsync(
        _ => TopicLog.ReadAsync(Kafka.BootstrapServers, "sensor-readings"),
        records => records.Select(record => record.Id).Distinct().Count() == count,
        $"{count} different readings",
        stop: stop);

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        if (Mqtt is not null)
            await Mqtt.DisposeAsync();
        await Kafka.DisposeAsync();
        _folder.Dispose();
    }
}
