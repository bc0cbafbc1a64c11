using EventSourcing.Receipts;
using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>
/// What must hold on every backbone. Where a scenario does harm it ends with the simulators stopped and the ledger balanced to the last event; the others leave
/// them running for the next one.
/// </summary>
public abstract partial class Scenarios(Topology topology) : IDisposable
{
    private const int SomeLoad = 300;
    private const int EnoughLoad = 3_000;

    private static readonly string[] Paths =
    [
        "storefront (http)", "storefront (grpc)", "storefront (direct)",
        "pump-simulator (mqtt)", "pump-simulator (http)", "pump-simulator (kafka)", "text-producer (direct)", "till (store-sales)", "phones (http)",
        "firehose (http)", "firehose (stream)", "shoppers (web-1)", "shoppers (steps)", "warehouse (public)",
    ];

    private static readonly string[] AllTopics =
    [
        "assets", "cdc.warehouse.public.stock_movements", "mobile-events", "orders", "process-steps", "sensor-readings", "social-posts", "store-sales",
        "text-topic", "web-events",
    ];

    private readonly CancellationTokenSource _patience = Patience();

    private CancellationToken Stop => _patience.Token;

    public void Dispose()
    {
        _patience.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Topology_Running_EveryPathIsInTheLedger()
    {
        await topology.Resources.StartSimulatorsAsync(Stop);
        await UnderLoadAsync();
        await Eventually.ValueAsync(topology.Ledger.ReadAsync, seen => Paths.All(path => IsStored(seen, path)), "events of every path are stored", stop: Stop);

        var report = await BalancedAsync();

        Assert.Equal(AllTopics, Topics(report));
        Assert.All(Paths, path => Assert.True(IsStored(report, path)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public async Task Broker_KilledUnderLoad_EveryPromiseIsKeptOnceAndInOrder(int secondsAway)
    {
        await topology.Resources.StartSimulatorsAsync(Stop);
        await UnderLoadAsync();

        var killed = await topology.Resources.KillAsync("kafka", Stop);
        await Outage.LastsAsync(TimeSpan.FromSeconds(secondsAway), Stop);
        await topology.Resources.StartAgainAsync("kafka", killed, Stop);

        await UnderLoadAsync();
        await BalancedAsync();
    }

    [Fact]
    public async Task Services_KilledInTurnUnderLoad_NothingPromisedIsLost()
    {
        await topology.Resources.StartSimulatorsAsync(Stop);
        await UnderLoadAsync();

        await InTurnAsync([.. ResourceControl.Services, "postgres"], topology.Resources.KillAsync);

        await BalancedAsync();
    }

    // The next one ends while the earlier ones are still starting: it is the load that goes on, not the services that wait for each other.
    private async Task InTurnAsync(string[] resources, Func<string, CancellationToken, Task<string>> endAsync)
    {
        foreach (var resource in resources)
        {
            await topology.Resources.StartAsync(await endAsync(resource, Stop), Stop);
            await UnderLoadAsync(SomeLoad);
        }

        foreach (var resource in resources)
            await topology.Resources.HealthyAsync(resource, Stop);
        await UnderLoadAsync();
    }

    // One that hangs says where.
    private static CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(8));
        return patience;
    }

    private async Task UnderLoadAsync(int events = EnoughLoad) => await topology.Ledger.GrownByAsync(events, await topology.Ledger.ReadAsync(Stop), Stop);

    private async Task<LedgerReport> BalancedAsync()
    {
        await topology.Resources.StopSimulatorsAsync(Stop);
        var report = await topology.Ledger.SettledAsync(Stop);

        if (!report.Balanced)
            Assert.Fail($"{report.ToLine()}\n{string.Join('\n', report.Sources.Where(IsWrong))}\n{string.Join('\n', report.DeadLetters)}\n{await EvidenceAsync(report)}");
        return report;
    }

    // While the load goes on: what is lost, or there twice, would keep the ledger from ever balancing.
    private async Task StillBalancedAsync() => await Eventually.ValueAsync(topology.Ledger.ReadAsync, report => report.Balanced, "the ledger balances", stop: Stop);

    private async Task<string> EvidenceAsync(LedgerReport report) =>
        await TopicEvidence.OfAsync(await topology.KafkaAsync(Stop), report.Topics.Where(IsWrong).Select(row => row.Name), Stop);

    private static bool IsWrong(LedgerRow row) => !row.Counts.Balanced;

    private static bool IsStored(LedgerReport report, string path) => report.Sources.Any(row => row.Name == path && row.Counts.Stored > 0);

    private static string[] Topics(LedgerReport report) =>
        [.. report.Topics.Where(row => row.Counts.Accepted > 0).Select(row => row.Name).Order(StringComparer.Ordinal)];
}
