using EventSourcing.LocalKafka;
using EventSourcing.LocalMq;
using EventSourcing.MqAdapter.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Amqp;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.MqAdapter.Tests.Mq;

/// <summary>The adapter killed with SIGKILL under the tills' load: every sale is on the topic, once after dedup, and a second copy is marked.</summary>
public sealed class KillTests
{
    private const int Sales = 3_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OnLocalMq_NothingIsLost()
    {
        await using var mq = await LocalMqBroker.StartAsync(stop: Stop);

        await RunAsync(mq.Address, "store-sales");
    }

    [Fact(Skip = Requires.RabbitMqReason, SkipUnless = nameof(Requires.RabbitMq), SkipType = typeof(Requires))]
    public async Task OnRabbitMq_NothingIsLost()
    {
        await using var mq = await RabbitMq.StartAsync(Stop);

        await RunAsync(mq.Address, "/queue/store-sales");
    }

    private static async Task RunAsync(string mq, string address)
    {
        using var folder = new TempFolder("mq-adapter");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var tills = await TillRun.StartAsync(mq, Sales, 1_500, Stop, ("Till:Address", address));
        for (var kill = 1; kill <= 3; kill++)
        {
            await using var adapter = Start(mq, address, kafka.BootstrapServers, folder);
            await HaveAsync(kafka, adapter, kill * 300);
            await adapter.KillAsync();
        }

        await tills.AllAcceptedAsync(Sales, Stop);
        await using var last = Start(mq, address, kafka.BootstrapServers, folder);
        var records = await HaveAsync(kafka, last, Sales);

        foreach (var receipts in tills.Book.Snapshot())
        {
            var stored = records.Where(record => record.Header("ce_source") == receipts.Source).Select(record => long.Parse(record.Header("ce_sequence")!, null));
            Assert.Equal(Enumerable.Range(1, (int)receipts.Spooled!.Count).Select(number => (long)number), stored.Distinct().Order());
        }

        Assert.Empty(records.GroupBy(record => record.Id).Where(copies => copies.Count(copy => !copy.IsMarked) > 1).Select(copies => copies.Key));
    }

    private static TestProcess Start(string mq, string address, string kafka, TempFolder folder)
    {
        var environment = Settings.Records(0, address: address).ToDictionary(own => own.Key.Replace(":", "__", StringComparison.Ordinal), own => own.Value);
        environment["ConnectionStrings__mq"] = mq;
        environment["ConnectionStrings__kafka"] = kafka;
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        environment["Backbone__SpoolDirectory"] = folder.File("spool/x")[..^2];
        return TestProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "MqAdapter.dll")], environment, folder.Path);
    }

    private static Task<IReadOnlyList<TopicRecord>> HaveAsync(LocalKafkaBroker kafka, TestProcess adapter, int count) => Eventually.ValueAsync(
        async _ => adapter.HasExited ? throw new InvalidOperationException(adapter.Output) : await ReadAsync(kafka),
        records => records.Select(record => record.Id).Distinct().Count() >= count,
        $"{count} different sales",
        TimeSpan.FromMinutes(2),
        Stop);

    private static async Task<IReadOnlyList<TopicRecord>> ReadAsync(LocalKafkaBroker kafka)
    {
        try
        {
            return await TopicLog.ReadAsync(kafka.BootstrapServers, Rig.Topic);
        }
        catch (Exception absent) when (absent is Confluent.Kafka.KafkaException or InvalidOperationException)
        {
            return [];                                        // the adapter makes the topic
        }
    }
}
