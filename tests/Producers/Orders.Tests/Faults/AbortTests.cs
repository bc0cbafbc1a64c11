using EventSourcing.LocalKafka;
using EventSourcing.Orders.Outbox;
using EventSourcing.Orders.State;
using EventSourcing.Orders.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.Orders.Tests.Faults;

/// <summary>
/// The relay ended after each of its steps, again and again: what it leaves behind is what a crash there leaves behind, for it keeps nothing but what stands in
/// the database. 1,000 times in all; most of them with the table, for a replication slot takes about a second to change hands.
/// </summary>
public sealed class AbortTests(OrdersFixture fixture)
{
    private static readonly RelayStep[] Steps = Enum.GetValues<RelayStep>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [PostgresTheory]
    [InlineData("Table", "aborts_table", 940)]
    [InlineData("LogicalMessage", "aborts_logical", 60)]
    public async Task RelayAborted_AfterEachStep_EveryOrderHasItsEvents_AndEveryEventItsOrder(string kind, string database, int aborts)
    {
        using var folder = new TempFolder("orders");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await OrdersHost.StartAsync(
            kafka.BootstrapServers, fixture.Postgres.ConnectionString(database), folder.Path,
            [.. OrdersHost.Kind(kind, database), ("Outbox:RetryDelay", "00:00:00.010")], hasRelay: false);
        var relay = service.Services.GetRequiredService<IRelay>();

        for (var abort = 0; abort < aborts; abort++)
        {
            await ChangeAsync(service, abort);
            await RunUntilAsync(relay, Steps[abort % Steps.Length]);
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        relay.Reached = null;
        var last = RunAsync(relay, end.Token);
        var outcome = await Books.BalanceAsync(fixture.Postgres, database, kafka.BootstrapServers, Stop);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => last);
        TestContext.Current.SendDiagnosticMessage("{0}: {1} aborts, {2}", kind, aborts, outcome);
    }

    // Every step is reached only when there is something to relay.
    private static async Task ChangeAsync(OrdersHost service, int number)
    {
        using var placed = await service.Http.PlaceAsync(Api.Order(), Stop);
        if (number % 3 != 0)
            return;
        using var cancelled = await service.Http.CancelAsync(await placed.OrderIdAsync(Stop), Stop);
        Assert.True(cancelled.IsSuccessStatusCode);
    }

    private static async Task RunUntilAsync(IRelay relay, RelayStep step)
    {
        relay.Reached = reached =>
        {
            if (reached == step)
                throw new AbortedException();
        };
        await Assert.ThrowsAsync<AbortedException>(() => RunAsync(relay, Stop));
    }

    // The server takes a moment to notice that the one before has gone.
    private static async Task RunAsync(IRelay relay, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await relay.RelayAsync(stop, stop);
                return;
            }
            catch (Exception failure) when (Database.IsAway(failure))
            {
                stop.ThrowIfCancellationRequested();
            }
        }
    }

    private sealed class AbortedException : Exception;
}
