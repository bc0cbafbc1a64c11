using System.Diagnostics;
using EventSourcing.LocalKafka;
using EventSourcing.Orders.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Net;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.Orders.Tests.Faults;

/// <summary>
/// Two replicas as processes, under load, each killed with SIGKILL at a random moment and started again, for as many kills as fit into the time: no order without its
/// event, no event without its order, every promise kept, copies marked.
/// </summary>
public sealed class KillTests(OrdersFixture fixture)
{
    private const int FewestKills = 2;                        // of each replica, however slow the machine

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(18);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [PostgresTheory]
    [InlineData("Table", "kills_table")]
    [InlineData("LogicalMessage", "kills_logical")]
    public async Task ReplicasKilled_UnderLoad_EveryOrderHasItsEvents_AndEveryEventItsOrder(string kind, string database)
    {
        using var folder = new TempFolder("orders");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        var replicas = Enumerable.Range(0, 2).Select(_ => new Replica(kind, database, kafka, fixture, folder)).ToArray();
        var loads = replicas.SelectMany((replica, i) => Enumerable.Range(0, 2).Select(j => new Load(replica.Http, $"run/kill/{i}{j}"))).ToArray();
        using var end = new CancellationTokenSource();
        var sending = loads.Select(load => load.RunAsync(end.Token, Stop)).ToArray();

        var kills = await Task.WhenAll(replicas.Select((replica, i) => replica.KillAgainAndAgainAsync(loads[(2 * i)..(2 * i + 2)], Stop)));
        foreach (var replica in replicas)
            replica.Start();
        await end.CancelAsync();
        await Task.WhenAll(sending);
        var outcome = await Books.BalanceAsync(fixture.Postgres, database, kafka.BootstrapServers, Stop);
        await CheckPromisesAsync(loads, kafka);

        foreach (var replica in replicas)
            await replica.DisposeAsync();
        TestContext.Current.SendDiagnosticMessage("{0}: {1} kills, {2} commands answered; {3}", kind, kills.Sum(), loads.Sum(load => load.Done), outcome);
    }

    private static async Task CheckPromisesAsync(Load[] loads, LocalKafkaBroker kafka)
    {
        var found = (await TopicLog.ReadAsync(kafka.BootstrapServers, "orders")).Select(record => (record.Id!, record.Header("ce_sequence")!)).ToHashSet();
        Assert.All(loads, load => Assert.NotEmpty(load.Promised));
        Assert.Empty(loads.SelectMany(load => load.Promised).Except(found));
        Assert.Equal(loads.Sum(load => load.Done), found.Count);
    }

    /// <summary>A process behind an address that stays.</summary>
    private sealed class Replica(string kind, string database, LocalKafkaBroker kafka, OrdersFixture fixture, TempFolder folder) : IAsyncDisposable
    {
        private readonly TcpRelay _relay = new();
        private HttpClient? _http;
        private TestProcess? _process;

        public HttpClient Http => _http ??= new HttpClient { BaseAddress = new Uri($"http://{_relay.Address}"), Timeout = TimeSpan.FromMinutes(1) };

        public void Start()
        {
            _relay.Target = FreePort.Next();
            var environment = OrdersHost.Settings(kafka.BootstrapServers, fixture.Postgres.ConnectionString(database), folder.Path)
                .Concat(OrdersHost.Kind(kind, database).Select(own => KeyValuePair.Create(own.Item1, own.Item2)))
                .ToDictionary(own => own.Key.Replace(":", "__", StringComparison.Ordinal), own => own.Value);
            environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_relay.Target}";
            environment["ASPNETCORE_CONTENTROOT"] = Repository.PathOf("src/Producers/Orders");
            _process = TestProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "Orders.dll")], environment, AppContext.BaseDirectory);
        }

        // Each life lasts for some commands, and a moment.
        public async Task<int> KillAgainAndAgainAsync(Load[] loads, CancellationToken stop)
        {
            var clock = Stopwatch.StartNew();
            for (var kills = 0; ; kills++)
            {
                if (kills >= FewestKills && clock.Elapsed > Length)
                    return kills;
                Start();
                var target = loads.Sum(load => load.Done) + Random.Shared.Next(40);
                await Eventually.TrueAsync(() => HasAnswered(loads, target), $"{target} commands are done", stop: stop);
                await Outage.LastsAsync(TimeSpan.FromMilliseconds(Random.Shared.Next(30)), stop);
                await _process!.DisposeAsync();
                _relay.Cut();
            }
        }

        public async ValueTask DisposeAsync()
        {
            if (_process is not null)
                await _process.DisposeAsync();
            _http?.Dispose();
            await _relay.DisposeAsync();
        }

        private bool HasAnswered(Load[] loads, int target) =>
            _process!.HasExited ? throw new InvalidOperationException(_process.Output) : loads.Sum(load => load.Done) >= target;
    }
}
