using EventSourcing.Receipts;
using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>
/// What must hold on every backbone, while the simulators' load goes on. A scenario that does harm ends when every path has gone on and every promise so far was
/// kept; the topology ends balanced to the last event.
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
        await topology.Ledger.GrownAsync(Paths, Stop);

        var report = await topology.Ledger.BalancedAsync(Stop);

        Assert.Equal(AllTopics, Topics(report));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public async Task Broker_KilledUnderLoad_EveryPromiseIsKeptOnceAndInOrder(int secondsAway)
    {
        await UnderLoadAsync();

        var killed = await topology.Resources.KillAsync("kafka", Stop);
        await Outage.LastsAsync(TimeSpan.FromSeconds(secondsAway), Stop);
        await topology.Resources.StartAgainAsync("kafka", killed, Stop);

        await EveryPromiseIsKeptAsync();
    }

    [Fact]
    public async Task Services_KilledInTurnUnderLoad_NothingPromisedIsLost()
    {
        await UnderLoadAsync();

        await InTurnAsync([.. ResourceControl.Services, "postgres"], topology.Resources.KillAsync);

        await EveryPromiseIsKeptAsync();
    }

    // The next one ends while the earlier ones are still starting: it is the load that goes on, not the services that wait for each other.
    private async Task InTurnAsync(string[] resources, Func<string, CancellationToken, Task<string>> endAsync)
    {
        foreach (var resource in resources)
        {
            await topology.Resources.StartAsync(await endAsync(resource, Stop), Stop);
            await UnderLoadAsync();
        }

        foreach (var resource in resources)
            await topology.Resources.HealthyAsync(resource, Stop);
    }

    // One that hangs says where.
    private static CancellationTokenSource Patience()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(8));
        return patience;
    }

    private Task UnderLoadAsync() => topology.Ledger.GrownByAsync(SomeLoad, Stop);

    private async Task EveryPromiseIsKeptAsync()
    {
        await topology.Ledger.GrownByAsync(EnoughLoad, Stop);
        await topology.Ledger.GrownAsync(Paths, Stop);
        await topology.Ledger.BalancedAsync(Stop);
    }

    private static string[] Topics(LedgerReport report) =>
        [.. report.Topics.Where(row => row.Counts.Accepted > 0).Select(row => row.Name).Order(StringComparer.Ordinal)];
}
