using Confluent.Kafka;
using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Workloads;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>The bare Confluent.Kafka client with the publisher's settings and a record as the services make them: what the others are measured by.</summary>
internal sealed class DirectPath : IngressPath
{
    private const int DataBytes = 300;
    private const int Partitions = 6;

    private readonly EventTemplate _data = new($$"""{"reading":"<n>{{EventTemplate.Filler(DataBytes - EventTemplate.NumberDigits - 14)}}"}""");
    private readonly Message<byte[]?, byte[]?>[] _records = SampleEvents.Messages(DataBytes);
    private IProducer<byte[]?, byte[]?>? _producer;

    public override string Topic => "direct";

    public override int Lanes => 40;

    public override int AtOnce => 500;

    public override int PacedAtOnce => 1;

    public override async Task StartAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        await broker.CreateTopicAsync(Topic, Partitions);
        _producer = BareClient.CreateProducer(broker);
        Own(new ClientEnd(_producer));
    }

    public override async Task SendAsync(int lane, int first, int count, CancellationToken stop)
    {
        var left = count;
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < count; i++)
        {
            var record = _records[(first + i) % _records.Length];
            _producer!.Produce(Topic, new Message<byte[]?, byte[]?> { Key = record.Key, Headers = record.Headers, Value = _data.Bytes(first + i) }, report =>
            {
                if (report.Status != PersistenceStatus.Persisted)
                {
                    stored.TrySetException(new InvalidOperationException($"A record was not stored: {report.Error.Reason}"));
                }
                else if (Interlocked.Decrement(ref left) == 0)
                {
                    stored.TrySetResult();
                }
            });
        }

        await stored.Task.WaitAsync(stop);
    }

    public override int NumberOf(ReadOnlySpan<byte> value) => EventTemplate.NumberAfter(value, "\"reading\":\""u8);
}
