using System.Runtime.CompilerServices;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventSourcing.EventBackbone.Kafka;
using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.EventBackbone.Tests.Kafka;

/// <summary>A client that librdkafka declares broken for good.</summary>
public sealed class KafkaProducerTests(BrokerFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FatalError_AnotherClientTakesOver()
    {
        var topic = $"fatal-{Guid.NewGuid():N}";
        using (var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = fixture.BootstrapServers }).Build())
            await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = 1 }]);
        using var producer = Create();
        var broken = ClientOf(producer);
        await ProduceAsync(producer, topic, "before");

        FatalErrors.Break(broken);
        await Eventually.TrueAsync(() => !ReferenceEquals(ClientOf(producer), broken), "another client has taken over", stop: Stop);
        await ProduceAsync(producer, topic, "after");

        Assert.Equal(["before", "after"], TopicReader.ReadAll(fixture.BootstrapServers, topic).Select(record => Encoding.UTF8.GetString(record.Message.Value!)));
    }

    /// <summary>The client's own thread may be about to have it replaced while the service stops.</summary>
    [Fact]
    public async Task FatalError_WhileItIsDisposedOf_DoesNotKeepItFromEnding()
    {
        for (var round = 0; round < 100; round++)
        {
            var producer = Create();

            FatalErrors.Break(ClientOf(producer));
            await Task.Run(producer.Dispose, Stop).WaitAsync(Patience, Stop);
        }
    }

    private KafkaProducer Create() => new(
        new ProducerConfig { BootstrapServers = fixture.BootstrapServers, EnableIdempotence = true }, () => { }, NullLogger.Instance);

    private static async Task ProduceAsync(KafkaProducer producer, string topic, string value)
    {
        var reported = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        var record = new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(value) };
        producer.Produce(new TopicPartition(topic, 0), record, report => reported.SetResult(report.Error));
        Assert.Equal(ErrorCode.NoError, (await reported.Task.WaitAsync(Patience, Stop)).Code);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_client")]
    private static extern ref IProducer<byte[]?, byte[]?> ClientOf(KafkaProducer producer);
}
