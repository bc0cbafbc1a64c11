using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.LocalKafka;
using EventSourcing.PostgresCdc.Capture;
using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Publishing;
using EventSourcing.PostgresCdc.Telemetry;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>The next session takes a partition's last change for the end of a prefix: nothing may follow one that was refused.</summary>
public sealed class RefusalTests
{
    private static readonly Route Changes = new(
        new TopicDeclaration("cdc.changes", "primary key") { Partitions = 1 }, new DeliveryProfile { BufferEvents = 1 });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_AfterOneThatWasRefused_IsNotPublished_EvenIfThereIsRoomAgain()
    {
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        using var folder = new TempFolder("postgres-cdc");
        using var host = await StartAsync(kafka, folder);
        var window = new Window(100, long.MaxValue);
        var changes = Publisher(host, window);
        var accepted = -1;
        for (; !changes.Failed.IsCompleted; accepted++)
            await PublishAsync(changes, accepted + 1, Stop);
        await changes.WhenDrainedAsync().WaitAsync(Eventually.DefaultTimeout, Stop);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var behind = PublishAsync(changes, accepted + 1, ending.Token);
        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => behind);
        await host.StopAsync(Stop);
        Assert.Equal(accepted, await TopicLog.CountAsync(kafka.BootstrapServers, Changes.Name));
        Assert.Equal(0, window.Events);
    }

    private static Task PublishAsync(ChangePublisher changes, int number, CancellationToken stop) =>
        changes.PublishAsync(Changes, Event(number), changes.Progress.Begin(), isMarked: false, stop).AsTask();

    private static CloudEvent Event(int number) => new(EventAttributes.All)
    {
        Id = $"{number}",
        Source = new Uri("/postgres/test", UriKind.Relative),
        Type = "io.eventsourcing.cdc.change.v1",
        Data = new byte[] { 1 },
        [EventAttributes.PartitionKey] = "key",
    };

    private static ChangePublisher Publisher(IHost host, Window window) => new(
        host.Services.GetRequiredService<EventPublisher>(), new Progress(new Position()), window, new Redelivery(new TailState(), isUnclean: false, 0, 0),
        host.Services.GetRequiredService<PostgresCdcTelemetry>(), NullLogger.Instance);

    private static async Task<IHost> StartAsync(LocalKafkaBroker kafka, TempFolder folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:kafka", kafka.BootstrapServers), new("Backbone:SpoolDirectory", folder.Path)]);
        builder.Logging.ClearProviders();
        builder.AddEventBackbone("kafka", Changes);
        builder.Services.AddSingleton<CaptureState>().AddSingleton<PostgresCdcTelemetry>();
        var host = builder.Build();
        await host.StartAsync(Stop);
        return host;
    }
}
