using Confluent.Kafka;
using EventSourcing.PumpSimulator.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>Makes each device's transport from configuration. The direct way's producer is shared and closed at the end.</summary>
internal sealed class TransportFactory(
    IConfiguration configuration, IOptions<MqttWayOptions> mqtt, IOptions<HttpWayOptions> http, IHttpClientFactory clients, Topics topics,
    Tracing tracing) : IDisposable
{
    private const int DirectWindow = 32;

    private readonly Lock _gate = new();
    private IProducer<byte[]?, byte[]?>? _producer;

    /// <summary>The transport of one device.</summary>
    /// <exception cref="InvalidOperationException">The way's address is not configured; the message says what to set.</exception>
    public IPumpTransport Create(Way way, string device, string run) => way switch
    {
        Way.Mqtt => new MqttTransport($"{device}-{run}", Broker(), mqtt.Value, tracing),
        Way.Http => new HttpTransport(clients.CreateClient(HttpTransport.ClientName), http.Value, tracing),
        _ => new KafkaTransport(Producer(), topics, DirectWindow, tracing),
    };

    /// <inheritdoc/>
    public void Dispose() => _producer?.Dispose();

    private Uri Broker()
    {
        var text = configuration.GetConnectionString("mqtt");
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "mqtt"
            ? uri
            : throw new InvalidOperationException($"ConnectionStrings:mqtt is {(text is null ? "missing" : "no mqtt:// address")}: set mqtt://host:port, or Pumps:MqttShare=0.");
    }

    private IProducer<byte[]?, byte[]?> Producer()
    {
        var servers = configuration.GetConnectionString("kafka")
            ?? throw new InvalidOperationException("ConnectionStrings:kafka is missing: set host:port, or Pumps:DirectShare=0.");
        lock (_gate)
            return _producer ??= KafkaProducers.Create(servers);
    }
}
