using EventSourcing.EventBackbone.Tests.Consuming;
using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.LocalKafka;
using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.EventBackbone.Tests.Publishing;

/// <summary>Every client of the backbone takes its security from <c>Backbone:Client</c>: producers of each durability, consumer, admin client.</summary>
public sealed class SecuredKafkaTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Durability.Replicated)]
    [InlineData(Durability.Transactional)]
    public async Task Events_OverSaslSsl_ArePublishedAndConsumed(Durability durability)
    {
        await using var broker = await LocalKafkaBroker.StartAsync(
            new LocalKafkaOptions
            {
                SecurityProtocol = SecurityProtocol.SaslSsl,
                Security = new SecurityOptions { Users = new Dictionary<string, string> { ["service"] = "secret" } },
            },
            Stop);
        var route = Events.NewRoute(new DeliveryProfile { Durability = durability });
        var handler = new RecordingHandler();
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route], Settings(broker), configure: builder =>
        {
            builder.Services.AddSingleton(handler);
            builder.AddEventConsumer<RecordingHandler>("kafka", "secured", route.Name);
        });

        using var batch = service.Publisher.CreateBatch(route, 3);
        for (var sequence = 1; sequence <= 3; sequence++)
            batch.Add(Events.New(sequence, "key"));
        var receipts = (await batch.CompleteAsync(Stop)).ToArray();
        await handler.HasAsync(3);

        Assert.All(receipts, receipt => Assert.Equal(ReceiptLevel.Stored, receipt.Level));
        Assert.Equal([1L, 2, 3], handler.Records.Select(TopicReader.SequenceOf));
    }

    private static Dictionary<string, string?> Settings(LocalKafkaBroker broker) => new()
    {
        ["Backbone:Client:security.protocol"] = "SASL_SSL",
        ["Backbone:Client:ssl.ca.location"] = broker.CertificateFile,
        ["Backbone:Client:sasl.mechanism"] = "SCRAM-SHA-512",
        ["Backbone:Client:sasl.username"] = "service",
        ["Backbone:Client:sasl.password"] = "secret",
    };
}
