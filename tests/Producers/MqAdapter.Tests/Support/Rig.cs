using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using EventSourcing.LocalKafka;
using EventSourcing.LocalMq;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Net;

namespace EventSourcing.MqAdapter.Tests.Support;

/// <summary>A Kafka broker, a queue broker behind a relay that can be cut, and a folder, of one test's own.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string Topic = "store-sales";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new("mq-adapter");
    private readonly List<Adapter> _adapters = [];

    private Rig(LocalKafkaBroker kafka, LocalMqBroker mq) => (Kafka, Mq, Relay) = (kafka, mq, new TcpRelay(mq.Port));

    public LocalKafkaBroker Kafka { get; }

    public LocalMqBroker Mq { get; }

    /// <summary>What the adapter connects to.</summary>
    public TcpRelay Relay { get; }

    public static async Task<Rig> StartAsync(CancellationToken stop) =>
        new(await LocalKafkaBroker.StartAsync(stop: stop), await LocalMqBroker.StartAsync(stop: stop));

    /// <summary>The settings of an adapter that receives from all three queues.</summary>
    public Dictionary<string, string?> SettingsOf(params (string Key, string? Value)[] own)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = Kafka.BootstrapServers,
            ["ConnectionStrings:mq"] = $"amqp://127.0.0.1:{Relay.Port}",
            ["Backbone:SpoolDirectory"] = _folder.File($"spool-{_adapters.Count}/x")[..^2],
        };
        foreach (var (key, value) in (IEnumerable<(string, string?)>)[.. Settings.Records(0), .. Settings.Json(1), .. Settings.Text(2), .. own])
            settings[key] = value;
        return settings;
    }

    /// <summary>An adapter that is ready.</summary>
    public async Task<Adapter> StartAdapterAsync(CancellationToken stop, params (string Key, string? Value)[] own)
    {
        var adapter = await Adapter.StartAsync(SettingsOf(own), stop);
        _adapters.Add(adapter);
        await adapter.IsAsync("Healthy", stop);
        return adapter;
    }

    /// <summary>Sends messages straight to the queue broker and waits until each is accepted.</summary>
    public async Task SendAsync(string queue, params IEnumerable<Message> messages)
    {
        var factory = new ConnectionFactory();
        factory.SASL.Profile = SaslProfile.Anonymous;
        var connection = await factory.CreateAsync(new Address("127.0.0.1", Mq.Port, null, null, "/", "amqp"));
        var sender = new SenderLink(new Session(connection), $"test-{Guid.NewGuid()}", queue);
        await Task.WhenAll(messages.Select(message => sender.SendAsync(message, Timeout)));
        await connection.CloseAsync();
    }

    /// <summary>A message with bytes.</summary>
    public static Message Bytes(byte[] body, string? id, Action<Properties>? more = null)
    {
        var properties = new Properties();
        if (id is not null)
            properties.MessageId = id;
        more?.Invoke(properties);
        return new Message { Header = new Header { Durable = true }, Properties = properties, BodySection = new Data { Binary = body } };
    }

    /// <summary>A JSON sale.</summary>
    public static Message Json(string id, string sku = "1", string store = "S1") =>
        Bytes(System.Text.Encoding.UTF8.GetBytes($$"""{"storeId":"{{store}}","sku":"{{sku}}","quantity":1,"unitPrice":2.50}"""), id, own => own.CorrelationId = store);

    /// <summary>The records of a topic once there are <paramref name="count"/>.</summary>
    public Task<IReadOnlyList<TopicRecord>> ReadAsync(string topic, int count, CancellationToken stop) => Eventually.ValueAsync(
        _ => TopicLog.ReadAsync(Kafka.BootstrapServers, topic), records => records.Count >= count, $"{count} records on {topic}", stop: stop);

    /// <summary>Waits until a queue has so many messages that nobody has taken or settled.</summary>
    public Task QueueHasAsync(string queue, int messages, CancellationToken stop) => Eventually.ValueAsync(
        _ => Task.FromResult(Mq.GetQueues().FirstOrDefault(state => state.Name == queue)),
        state => (state?.Waiting ?? 0) + (state?.Unsettled ?? 0) == messages, $"{messages} messages in {queue}", stop: stop);

    public async ValueTask DisposeAsync()
    {
        foreach (var adapter in _adapters)
            await adapter.DisposeAsync();
        await Relay.DisposeAsync();
        await Mq.DisposeAsync();
        await Kafka.DisposeAsync();
        _folder.Dispose();
    }
}
