using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EventSourcing.Fulfillment.Tests.Support;
using EventSourcing.LocalKafka;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Postgres;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.Fulfillment.Tests.Faults;

/// <summary>
/// Two replicas share 10,000 orders, 5 % of them cancelled midway; one is killed with SIGKILL in the middle: every instance ends in a state of the model, its steps are on the
/// topic in order, once or marked.
/// </summary>
public sealed class ReplicaTests
{
    private const int Orders = 10_000;
    private const int CancelEvery = 20;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [PostgresFact]
    public async Task ReplicaKilled_EveryInstanceEndsInTheModel_AndItsStepsAreOnTheTopicInOrder()
    {
        using var folder = new TempFolder("fulfillment");
        await using var postgres = await PostgresServer.StartAsync(["fulfillment"], Stop);
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        using var events = await OrderEvents.OpenAsync(kafka.BootstrapServers);
        await using var service = await FulfillmentHost.StartAsync(kafka.BootstrapServers, postgres.ConnectionString("fulfillment"), folder.Path);
        await using var other = Start(kafka, postgres, folder);
        var ids = Enumerable.Range(0, Orders).Select(_ => OrderEvents.NewId()).ToList();

        ids.ForEach(id => events.Place(id));
        events.Flush(Stop);
        await EndedAsync(postgres, 100);
        foreach (var id in ids.Where((_, i) => i % CancelEvery == 0))
            events.Cancel(id);
        events.Flush(Stop);
        await EndedAsync(postgres, 300);
        await other.KillAsync();
        await EndedAsync(postgres, Orders);

        var endings = await EndingsAsync(postgres);
        var report = await ConformanceAsync(service, endings.Values.Sum());
        Assert.Equal(Orders, endings.Values.Sum());
        Assert.All(endings.Keys, ending => Assert.Contains(ending, new[] { "completed", "rejected", "cancelled", "timed-out" }));
        Assert.Equal(endings, report["ended"]!.AsObject().ToDictionary(own => own.Key, own => own.Value!.GetValue<int>()));
        Assert.Equal((0, 0), (report["leftCount"]!.GetValue<int>(), report["running"]!.GetValue<int>()));
        await CheckTopicAsync(kafka, postgres, ids);
        TestContext.Current.SendDiagnosticMessage("{0}", report.ToJsonString());
    }

    private static async Task CheckTopicAsync(LocalKafkaBroker kafka, PostgresServer postgres, List<string> ids)
    {
        var records = await Kcat.ConsumeAllAsync(kafka.BootstrapServers, "process-steps", stop: Stop);
        var expected = (await postgres.PsqlAsync("fulfillment", "SELECT id || ' ' || number FROM fulfillment.instances", Stop)).Split('\n').Order();
        var first = records.GroupBy(record => record.Key!).ToDictionary(own => own.Key, own => own.OrderBy(record => record.Offset).DistinctBy(record => record.Header("ce_id")).ToList());

        Assert.Equal(ids.Order(), first.Keys.Order());
        Assert.Equal(expected, first.Select(own => $"{own.Key} {own.Value.Count}").Order());
        Assert.All(first.Values, own => Assert.Equal(Enumerable.Range(1, own.Count), own.Select(record => JsonNode.Parse(record.Value!)!["number"]!.GetValue<int>())));
        Assert.All(first.Values, own => Assert.Equal(own.Select(record => record.Header("ce_sequence")).Order(), own.Select(record => record.Header("ce_sequence"))));
        Assert.All(records.GroupBy(record => record.Header("ce_id")), copies => Assert.InRange(copies.Count(copy => copy.Header("redelivery") is null), 0, 1));
        var numbers = first.Values.SelectMany(own => own).Select(record => long.Parse(record.Header("ce_sequence")!, null)).Order().ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
    }

    private static TestProcess Start(LocalKafkaBroker kafka, PostgresServer postgres, TempFolder folder)
    {
        var environment = FulfillmentHost.Settings(kafka.BootstrapServers, postgres.ConnectionString("fulfillment"), folder.Path)
            .ToDictionary(own => own.Key.Replace(":", "__", StringComparison.Ordinal), own => own.Value);
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        environment["ASPNETCORE_CONTENTROOT"] = Repository.PathOf("src/Producers/Fulfillment");
        return TestProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "Fulfillment.dll")], environment, AppContext.BaseDirectory);
    }

    private static Task EndedAsync(PostgresServer postgres, int count) => Eventually.TrueAsync(
        async stop => int.Parse(await postgres.PsqlAsync("fulfillment", "SELECT count(*) FROM fulfillment.instances WHERE ended_at IS NOT NULL", stop), null) >= count,
        $"{count} instances have ended", TimeSpan.FromMinutes(2), Stop);

    private static async Task<Dictionary<string, int>> EndingsAsync(PostgresServer postgres) =>
        (await postgres.PsqlAsync("fulfillment", "SELECT ending, count(*) FROM fulfillment.instances GROUP BY 1 ORDER BY 1", Stop))
        .Split('\n').Select(row => row.Split('|')).ToDictionary(row => row[0], row => int.Parse(row[1], null));

    private static Task<JsonNode> ConformanceAsync(FulfillmentHost service, int ended) => Eventually.ValueAsync(
        async stop => (await service.Http.GetFromJsonAsync<JsonNode>(new Uri("/conformance", UriKind.Relative), stop))!,
        report => report["ended"]!.AsObject().Sum(own => own.Value!.GetValue<int>()) >= ended, "the view has seen every end", TimeSpan.FromMinutes(1), Stop);
}
