using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.EventBackbone.Tests.Spooling;

/// <summary>A producer killed with -9 after it gave receipts; these tests start themselves again as that producer.</summary>
public sealed class CrashTests
{
    private const int Count = 300;
    private const string Prefix = "BACKBONE_CRASH_";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KilledBetweenSpoolReceiptAndDrain_RestartDrainsEveryEventOnce()
    {
        var topic = Events.NewRoute().Name;
        using var folder = new TempFolder("crash");
        await using var broker = await BrokerProcess.StartNewAsync();
        await broker.KillAsync();

        await RunAndKillProducerAsync(broker.BootstrapServers, topic, folder, Count);
        await broker.StartAsync();
        await DrainAsync(broker, topic, folder);

        Topics.AssertComplete(broker.BootstrapServers, topic, Sequences(Count), duplicatesAllowed: false);
    }

    [Fact]
    public async Task KilledWithEventsInFlight_RestartRedeliversThemMarked()
    {
        var topic = Events.NewRoute().Name;
        using var folder = new TempFolder("crash");
        await using var broker = await BrokerProcess.StartNewAsync();
        await using (await TestService.StartAsync(broker.BootstrapServers, [RouteOf(topic)]))
        {
            // creates the topic
        }

        await RunAndKillProducerAsync(broker.BootstrapServers, topic, folder, Count, whenFirstIsStored: broker.Freeze);
        broker.Thaw();
        await DrainAsync(broker, topic, folder);

        Topics.AssertComplete(broker.BootstrapServers, topic, Sequences(Count), duplicatesAllowed: true);
        var records = TopicReader.ReadAll(broker.BootstrapServers, topic);
        Assert.Contains(records, record => TopicReader.HeaderOf(record, "redelivery") == "possible-duplicate");
    }

    /// <summary>The producer: publishes, writes down each receipt, and waits to be killed.</summary>
    [Fact(Explicit = true)]
    public async Task Producer()
    {
        var topic = Setting("TOPIC");
        await using var service = await TestService.StartAsync(
            Setting("SERVERS"), [RouteOf(topic)], new() { ["Backbone:TopicTimeout"] = "00:00:00.100" }, Setting("SPOOL"));
        await using var receipts = new StreamWriter(Setting("RECEIPTS")) { AutoFlush = true };
        var load = new Load(service.Publisher, RouteOf(topic));
        for (var sequence = 1; sequence <= Count; sequence++)
        {
            load.Publish(sequence);
            if (sequence is not (1 or Count))
                continue;
            await load.AnsweredAsync(Stop);
            await receipts.WriteLineAsync(string.Join('\n', load.Receipts.Where(entry => entry.Value.IsAccepted).Select(entry => entry.Key)));
            if (sequence == 1)
                await Eventually.TrueAsync(() => File.Exists(Setting("GO")), "the go", stop: Stop);
        }
        await new TaskCompletionSource().Task.WaitAsync(Stop);
    }

    private static async Task RunAndKillProducerAsync(string servers, string topic, TempFolder folder, int count, Action? whenFirstIsStored = null)
    {
        var (receipts, go) = (folder.File("receipts"), folder.File("go"));
        string[] arguments =
            [Path.Combine(AppContext.BaseDirectory, "EventBackbone.Tests.dll"), "--explicit", "only", "--filter-method", "*CrashTests.Producer"];
        await using var producer = TestProcess.Start("dotnet", arguments, new Dictionary<string, string?>
        {
            [Prefix + "SERVERS"] = servers,
            [Prefix + "TOPIC"] = topic,
            [Prefix + "SPOOL"] = folder.File("spool"),
            [Prefix + "RECEIPTS"] = receipts,
            [Prefix + "GO"] = go,
        });
        await ReceiptsAsync(receipts, 1, producer);
        whenFirstIsStored?.Invoke();
        await File.WriteAllTextAsync(go, "", Stop);
        await ReceiptsAsync(receipts, count, producer);
        await producer.KillAsync();
    }

    private static Task ReceiptsAsync(string file, int count, TestProcess producer) => Eventually.TrueAsync(
        () => !producer.HasExited && File.Exists(file) && Lines(file) >= count, $"{count} receipts of the producer", stop: Stop);

    private static int Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Count();
    }

    private static async Task DrainAsync(BrokerProcess broker, string topic, TempFolder folder)
    {
        var route = RouteOf(topic);
        await using var service = await TestService.StartAsync(broker.BootstrapServers, [route], spoolFolder: folder.File("spool"));
        await Eventually.ValueAsync(
            _ => Task.FromResult(service.Books(route)), books => books is { Spooled: 0, IsSpooling: false }, "the spool is drained", stop: Stop);
        Assert.True(service.Books(route).IsBalanced);
    }

    private static Route RouteOf(string topic) => new(
        new TopicDeclaration(topic, "key") { Partitions = 3 },
        new DeliveryProfile { Failover = Failover.Spool, DeliveryTimeout = TimeSpan.FromSeconds(2) });

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(Prefix + name) ?? throw new InvalidOperationException($"{Prefix}{name} is not set: this is no test of its own.");

    private static IEnumerable<long> Sequences(int last) => Enumerable.Range(1, last).Select(n => (long)n);
}
