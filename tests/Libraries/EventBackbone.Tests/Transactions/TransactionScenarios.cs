using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.EventBackbone.Tests.Transactions;

/// <summary>What must hold on every broker; each broker has its tests beside this.</summary>
internal static class TransactionScenarios
{
    public const string Prefix = "BACKBONE_TRANSACTIONS_";
    private const string Instance = "Backbone:InstanceId";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Batches that Kafka refuses among others, and the broker killed with -9 under it, more than once.</summary>
    public static async Task BrokerKilledAsync(string servers, Func<Task> kill, Func<Task> restart, int kills)
    {
        var route = await TransactionTopics.CreateAsync(servers);
        var load = new TransactionLoad(route);
        using var end = new CancellationTokenSource();
        await using (var service = await TestService.StartAsync(servers, [route], new(TransactionLoad.Settings)))
        {
            var running = load.RunAsync(service.Publisher, end.Token);
            for (var n = 0; n < kills; n++)
            {
                await StoredAsync(load, load.Stored + 50);
                await kill();
                await restart();
            }
            await StoredAsync(load, load.Stored + 50);
            await end.CancelAsync();
            await running;
            Assert.True(service.Books(route) is { IsBalanced: true, Queued: 0 }, service.Books(route).ToString());
        }
        Assert.NotEqual(0, load.Refused);
        await load.AssertAllOrNoneAsync(servers, Stop);
    }

    /// <summary>A second instance with the same transactional id: the first refuses and says so, the second publishes.</summary>
    public static async Task TakenOverAsync(string servers)
    {
        var route = await TransactionTopics.CreateAsync(servers);
        var settings = new Dictionary<string, string?>(TransactionLoad.Settings) { [Instance] = "one" };
        await using var first = await TestService.StartAsync(servers, [route], settings);
        Assert.True((await first.Publisher.PublishAsync(route, Events.New(1), Stop)).IsAccepted);

        await using var second = await TestService.StartAsync(servers, [route], settings);
        Assert.True((await second.Publisher.PublishAsync(route, Events.New(2), Stop)).IsAccepted);
        var fenced = await first.Publisher.PublishAsync(route, Events.New(3), Stop);
        Assert.True((await second.Publisher.PublishAsync(route, Events.New(4), Stop)).IsAccepted);

        Assert.Equal(Rejection.FencedType, fenced.Rejection!.Type);
        Assert.Contains("transactional id 'test-service." + route.Name + ".one'", await first.HealthAsync());
        Assert.Contains($"{route.Name}: stores", await second.HealthAsync());
        var stored = await TestKit.Kafka.Kcat.ConsumeAllAsync(servers, route.Name, ["-X", "isolation.level=read_committed"], stop: Stop);
        Assert.Equal(["1", "2", "4"], stored.Select(record => record.Header("ce_id")!).Order());
    }

    /// <summary>A producer killed with -9 in the middle of its transactions; another instance with its transactional id goes on at once.</summary>
    public static async Task ProducerKilledAsync(string servers)
    {
        var route = await TransactionTopics.CreateAsync(servers);
        using var folder = new TempFolder("transactions");
        var batches = folder.File("batches");
        await using (var producer = TestProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "EventBackbone.Tests.dll"),
            "--explicit", "only", "--filter-method", "*LocalKafkaTransactionTests.Producer"], new Dictionary<string, string?>
            {
                [Prefix + "SERVERS"] = servers,
                [Prefix + "TOPIC"] = route.Name,
                [Prefix + "BATCHES"] = batches,
            }))
        {
            await Eventually.TrueAsync(() => !producer.HasExited && File.Exists(batches) && Lines(batches).Length > 200, "batches are stored", stop: Stop);
            await producer.KillAsync();
        }

        await using var successor = await TestService.StartAsync(servers, [route], new() { [Instance] = "killed" });
        Assert.True((await successor.Publisher.PublishAsync(route, Events.New(1), Stop)).IsAccepted);
        foreach (var topic in route.Topics)
        {
            var records = await TestKit.Kafka.Kcat.ConsumeAllAsync(servers, topic.Name, ["-X", "isolation.level=read_committed"], stop: Stop);
            var visible = records.Where(record => record.Header("ce_subject") is not null).GroupBy(record => record.Header("ce_subject")!).ToArray();
            Assert.All(visible, batch => Assert.Equal(ProducerBatch, batch.Select(record => record.Header("ce_id")).Distinct().Count()));
            Assert.All(visible, batch => Assert.Equal(ProducerBatch, batch.Count()));
            Assert.Subset(visible.Select(batch => batch.Key).ToHashSet(), Lines(batches).ToHashSet());
        }
    }

    /// <summary>Events in each batch of <see cref="ProduceUntilKilledAsync"/>.</summary>
    public const int ProducerBatch = 20;

    /// <summary>The producer that is killed: writes down every batch that was stored.</summary>
    public static async Task ProduceUntilKilledAsync()
    {
        var route = TransactionTopics.Declare(Setting("TOPIC"));
        await using var service = await TestService.StartAsync(Setting("SERVERS"), [route], new() { [Instance] = "killed" });
        await using var stored = new StreamWriter(Setting("BATCHES")) { AutoFlush = true };
        for (var number = 1; ; number++)
        {
            using var batch = service.Publisher.CreateBatch(route, ProducerBatch);
            for (var n = 0; n < ProducerBatch; n++)
            {
                var cloudEvent = Events.New((number * 100) + n, $"key-{n}");
                cloudEvent.Subject = $"{number}";
                batch.Add(cloudEvent);
            }
            if ((await batch.CompleteAsync(Stop)).Span[0].IsAccepted)
                await stored.WriteAsync($"{number}\n");
        }
    }

    private static string[] Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Task StoredAsync(TransactionLoad load, int batches) =>
        Eventually.TrueAsync(() => load.Stored >= batches, $"{batches} batches are stored", TimeSpan.FromMinutes(2), Stop);

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(Prefix + name) ?? throw new InvalidOperationException($"{Prefix}{name} is not set: this is no test of its own.");
}
