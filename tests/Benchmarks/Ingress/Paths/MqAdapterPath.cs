using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Processes;
using EventSourcing.TestKit;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>Sales in JSON over AMQP 1.0 through LocalMq, durable. The queue answers the sender, so what the service has not taken yet waits in the queue.</summary>
internal sealed class MqAdapterPath : IngressPath
{
    private const string Queue = "json-sales";
    private const int Connections = 2;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly EventTemplate _sale = new(
        $$"""{"storeId":"store-<k>","tillId":"T1","saleNumber":4711,"sku":"4711","description":"<n>{{EventTemplate.Filler(150)}}","quantity":2,"unitPrice":12.50,"amount":25.00}""");

    private readonly List<Sender> _senders = [];

    public override string Topic => "store-sales";

    public override int Lanes => Connections * 200;

    public override async Task StartAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        var port = FreePort.Next();
        Own(await ChildProgram.StartAsync("src/Local/LocalMq", _ => Task.FromResult(Listening.On(port)), folder => ["--port", $"{port}", "--data", Path.Combine(folder, "data")], stop: stop));
        var address = $"amqp://127.0.0.1:{port}";
        await StartServiceAsync(
            new ServiceDefinition("MqAdapter") { Settings = { ["ConnectionStrings__mq"] = address, ["Mq__Queues__1__Name"] = Queue, ["Mq__Queues__1__Format"] = "Json" } }, broker, stop);
        for (var i = 0; i < Connections; i++)
        {
            _senders.Add(Own(await Sender.ConnectAsync(new Address(address), i)));
        }
    }

    public override Task SendAsync(int lane, int first, int count, CancellationToken stop) => _senders[lane % Connections].SendAsync(new Message
    {
        Header = new Header { Durable = true },
        Properties = new Properties { MessageId = $"s{first:D8}", CorrelationId = $"store-{EventTemplate.KeyOf(first):D4}" },
        BodySection = new Data { Binary = _sale.Bytes(first) },
    });

    public override int NumberOf(ReadOnlySpan<byte> value) => EventTemplate.NumberAfter(value, "\"description\":\""u8);

    private sealed class Sender(Connection connection, SenderLink link) : IAsyncDisposable
    {
        public static async Task<Sender> ConnectAsync(Address address, int number)
        {
            var connection = await new ConnectionFactory { SASL = { Profile = SaslProfile.Anonymous } }.CreateAsync(address);
            return new Sender(connection, new SenderLink(new Session(connection), $"benchmark-{number}", Queue));
        }

        public Task SendAsync(Message message) => link.SendAsync(message, Timeout);

        // Nothing is under way, and the other side may be gone: no wait for its answer.
        public ValueTask DisposeAsync()
        {
            connection.Close(TimeSpan.Zero, error: null);
            return ValueTask.CompletedTask;
        }
    }
}
