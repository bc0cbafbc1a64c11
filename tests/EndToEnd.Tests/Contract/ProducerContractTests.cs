using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>One set of cases, run against every kind of producer; what came of it is <c>docs/contract-matrix.md</c>.</summary>
public sealed class ProducerContractTests(ContractTopology topology, ContractMatrix matrix) : IClassFixture<ContractTopology>, IClassFixture<ContractMatrix>
{
    private const int Many = 100;
    private const int Burst = 200;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string, string>> Cells() =>
        from title in ContractCases.Titles
        from kind in ContractCases.Kinds
        select new TheoryDataRow<string, string>(title, ContractCases.NameOf(kind));

    [Theory(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    [MemberData(nameof(Cells))]
    public async Task Producer_KeepsTheContract(string title, string producer)
    {
        var kind = topology.Kinds.Single(kind => kind.Name == producer);
        if (kind.NotApplicable.TryGetValue(title, out var reason))
        {
            matrix.NotApplicable(title, producer, reason);
            return;
        }

        var bench = new Bench(topology, kind, Stop);
        var key = Sample.NewKey();
        await kind.PrepareAsync(key, Stop);
        await matrix.NoteAsync(title, producer, () => RunAsync(title, kind, bench, key));
    }

    private Task RunAsync(string title, ProducerKind kind, Bench bench, string key) => title switch
    {
        ContractCases.Accepted => AcceptedAsync(kind, bench, key),
        ContractCases.Ordered => OrderedAsync(bench, key),
        ContractCases.Repeated => RepeatedAsync(bench, key),
        ContractCases.TooLarge => RefusedAsync(kind, bench, key, Flaw.TooLarge),
        ContractCases.Malformed => RefusedAsync(kind, bench, key, Flaw.Malformed),
        ContractCases.Unauthorised => UnauthorisedAsync(bench, key),
        ContractCases.Burst => BurstAsync(kind, bench),
        ContractCases.Traced => TracedAsync(kind, bench, key),
        ContractCases.BackboneAway => UnderAsync(Fault.BackboneAway, kind, bench),
        ContractCases.BackboneRestarted => UnderAsync(Fault.BackboneRestarted, kind, bench),
        ContractCases.Killed => UnderAsync(Fault.ServiceKilled, kind, bench),
        _ => UnderAsync(Fault.ServiceStopped, kind, bench),
    };

    private static async Task AcceptedAsync(ProducerKind kind, Bench bench, string key)
    {
        var sample = new Sample(key, 1);

        await bench.AcceptedAsync(sample);

        var (_, record) = Assert.Single(await bench.ArrivedAsync(key, 1));
        Assert.Equal(kind.KeyOf(sample), record.Key);
        Assert.Equal("1.0", record.Header("ce_specversion"));
        Assert.Equal(kind.EventType, record.Header("ce_type"));
        Assert.Equal(record.Key, record.Header("ce_partitionkey"));
        Assert.All(["ce_id", "ce_source", "ce_time"], name => Assert.False(string.IsNullOrEmpty(record.Header(name)), name));
        kind.AssertData(sample, Bench.Data(record));
    }

    private static async Task OrderedAsync(Bench bench, string key)
    {
        for (var number = 1; number <= Many; number++)
            await bench.AcceptedAsync(new Sample(key, number));

        var seen = await bench.ArrivedAsync(key, Many);
        Assert.Equal(Many, seen.Count);
        AssertOrdered(seen, Many);
    }

    private static async Task RepeatedAsync(Bench bench, string key)
    {
        await bench.AcceptedAsync(new Sample(key, 1));
        await bench.AcceptedAsync(new Sample(key, 1) { IsRepeated = true });
        await bench.AcceptedAsync(new Sample(key, 2));

        var copies = (await bench.ArrivedAsync(key, 2)).Where(each => each.Number == 1).Select(each => each.Record).ToArray();
        Assert.Single(copies.Select(copy => (copy.Header("ce_source"), copy.Header("ce_id"))).Distinct());
        Assert.All(copies.Skip(1), copy => Assert.Equal("possible-duplicate", copy.Header("redelivery")));
    }

    private static async Task RefusedAsync(ProducerKind kind, Bench bench, string key, Flaw flaw)
    {
        var answer = await bench.SendAsync(new Sample(key, 1) { Flaw = flaw });
        await bench.AcceptedAsync(new Sample(key, 3));

        if (kind.TellsItsSender)
        {
            Assert.Equal(AnswerKind.Refused, answer.Kind);
            Assert.StartsWith("urn:eventsourcing:", answer.Reason, StringComparison.Ordinal);
        }
        if ((flaw == Flaw.Malformed && kind.BuriesMalformed) || !kind.TellsItsSender)
            Assert.StartsWith("urn:eventsourcing:", (await bench.BuriedAsync(new Sample(key, 1))).Header("ce_reason"), StringComparison.Ordinal);
        Assert.Equal([3], (await bench.ArrivedAsync(key, 1)).Select(each => each.Number));
    }

    private static async Task UnauthorisedAsync(Bench bench, string key)
    {
        var answer = await bench.SendAsync(new Sample(key, 1) { Flaw = Flaw.Unauthorised });
        await bench.AcceptedAsync(new Sample(key, 2));

        Assert.Equal(AnswerKind.Refused, answer.Kind);
        Assert.Equal([2], (await bench.ArrivedAsync(key, 1)).Select(each => each.Number));
    }

    private static async Task BurstAsync(ProducerKind kind, Bench bench)
    {
        var samples = Enumerable.Range(0, Burst).Select(_ => new Sample(Sample.NewKey(), 1)).ToArray();
        foreach (var sample in samples)
            await kind.PrepareAsync(sample.Key, Stop);

        var answers = await Task.WhenAll(samples.Select(bench.SendAsync));

        Assert.DoesNotContain(answers, answer => answer.Kind == AnswerKind.Refused);
        var accepted = samples.Where((_, index) => answers[index].Kind == AnswerKind.Accepted).ToArray();
        Assert.NotEmpty(accepted);
        await bench.AllArrivedAsync(accepted);
    }

    private async Task TracedAsync(ProducerKind kind, Bench bench, string key)
    {
        var trace = Guid.NewGuid().ToString("N");

        await bench.AcceptedAsync(new Sample(key, 1) { TraceParent = $"00-{trace}-00f067aa0ba902b7-01" });

        var (_, record) = Assert.Single(await bench.ArrivedAsync(key, 1));
        Assert.StartsWith($"00-{trace}-", record.Header("traceparent"), StringComparison.Ordinal);
        await Eventually.ValueAsync(
            stop => topology.Telemetry.ServicesOfAsync(trace, stop), seen => seen.Contains(kind.Resource) && seen.Contains("ledger"),
            $"trace {trace} has spans of {kind.Resource} and of the ledger", stop: Stop);
    }

    private async Task UnderAsync(Fault fault, ProducerKind kind, Bench bench)
    {
        var load = (await topology.UnderAsync(fault))[kind];

        var seen = await bench.ArrivedAsync(load.Key, load.Accepted);

        AssertOrdered(seen, load.Accepted);
        Assert.All(
            seen.GroupBy(each => each.Number).Where(copies => copies.Count() > 1),
            copies => Assert.Contains(copies, copy => copy.Record.Header("redelivery") == "possible-duplicate"));
    }

    // All of them, and of each record key the earlier before the later; copies do not count.
    private static void AssertOrdered(IReadOnlyList<(int Number, KcatRecord Record)> seen, int count)
    {
        var first = seen.DistinctBy(each => each.Number).ToArray();
        Assert.Equal(Enumerable.Range(1, count), first.Select(each => each.Number).Order());
        Assert.All(first.GroupBy(each => each.Record.Key), key => Assert.Equal(key.Select(each => each.Number).Order(), key.Select(each => each.Number)));
    }
}
