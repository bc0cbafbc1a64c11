using System.Net;
using EventSourcing.LocalKafka;
using EventSourcing.Orders.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Postgres;

namespace EventSourcing.Orders.Tests.Faults;

public sealed class OutageTests(OrdersFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [PostgresTheory]
    [InlineData("Table", "outage_table")]
    [InlineData("LogicalMessage", "outage_logical")]
    public async Task BackboneDown10s_UnderLoad_CommandsGoOn_AndEveryEventArrives(string kind, string database)
    {
        using var folder = new TempFolder("orders");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await OrdersHost.StartAsync(
            kafka.BootstrapServers, fixture.Postgres.ConnectionString(database), folder.Path, [.. OrdersHost.Kind(kind, database), ("Outbox:MaxLag", "00:00:02")]);
        var loads = Enumerable.Range(0, 2).Select(i => new Load(service.Http, $"run/outage/{i}")).ToArray();
        using var end = new CancellationTokenSource();
        var sending = loads.Select(load => load.RunAsync(end.Token, Stop)).ToArray();
        await Eventually.TrueAsync(() => loads.All(load => load.Done > 20), "commands are done", stop: Stop);

        await kafka.StopAsync();
        var before = loads.Sum(load => load.Done);
        await Outage.LastsAsync(TimeSpan.FromSeconds(10), Stop);
        var during = loads.Sum(load => load.Done) - before;
        var health = await service.Http.GetStringAsync(new Uri("/health", UriKind.Relative), Stop);
        await kafka.RestartAsync(Stop);
        await end.CancelAsync();
        await Task.WhenAll(sending);
        var outcome = await Books.BalanceAsync(fixture.Postgres, database, kafka.BootstrapServers, Stop);
        await Eventually.TrueAsync(
            async stop => await service.Http.GetStringAsync(new Uri("/health", UriKind.Relative), stop) == "Healthy", "healthy again", stop: Stop);

        Assert.Equal("Degraded", health);
        Assert.True(during > 20, $"{during} commands during the outage");
        Assert.All(loads, load => Assert.Equal(0, load.Repeated));
        TestContext.Current.SendDiagnosticMessage("{0}: {1} commands while the backbone was down; {2}", kind, during, outcome);
    }

    [PostgresTheory]
    [InlineData("Table", "full_table", "Outbox:MaxRows", "40")]
    [InlineData("LogicalMessage", "full_logical", "Outbox:MaxWalBytes", "1048576")]
    public async Task OutboxFull_CommandsAre503_QueriesGoOn_UntilTheRelayHasCaughtUp(string kind, string database, string bound, string value)
    {
        using var folder = new TempFolder("orders");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await OrdersHost.StartAsync(
            kafka.BootstrapServers, fixture.Postgres.ConnectionString(database), folder.Path, [.. OrdersHost.Kind(kind, database), (bound, value)]);
        using var first = await service.Http.PlaceAsync(Api.Order(), Stop);
        await Topic.WithEventsAsync(kafka.BootstrapServers, 1, Stop);
        await kafka.StopAsync();

        // Commands that go in while the backlog is measured count twice until the next measurement: the first refusal may come a little early.
        var (answer, _) = await Eventually.ValueAsync(
            async _ => (Answer: await service.Http.PlaceAsync(Api.Order(), Stop), Rows: kind == "Table" ? await RowsAsync(database) : 40),
            seen => seen.Answer.StatusCode != HttpStatusCode.Created && seen.Rows >= 40,
            "the outbox is full", stop: Stop);
        using var query = await service.Http.GetAsync(first.Headers.Location, Stop);
        using var health = await service.Http.GetAsync(new Uri("/health", UriKind.Relative), Stop);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "outbox-full"), (answer.StatusCode, await answer.ProblemAsync(Stop)));
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (query.StatusCode, health.StatusCode));
        if (kind == "Table")
            Assert.InRange(await RowsAsync(database), 40, 41);
        await kafka.RestartAsync(Stop);
        await Eventually.ValueAsync(
            _ => service.Http.PlaceAsync(Api.Order(), Stop), placed => placed.StatusCode == HttpStatusCode.Created, "commands are taken again", stop: Stop);
        await Books.BalanceAsync(fixture.Postgres, database, kafka.BootstrapServers, Stop);
    }

    [PostgresTheory]
    [InlineData("Table")]
    [InlineData("LogicalMessage")]
    public async Task DatabaseKilledAndRestarted_UnderLoad_NothingIsLost(string kind)
    {
        using var folder = new TempFolder("orders");
        await using var postgres = await PostgresServer.StartAsync(["orders"], Stop);
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await OrdersHost.StartAsync(
            kafka.BootstrapServers, postgres.ConnectionString("orders"), folder.Path, OrdersHost.Kind(kind, "orders"));
        var loads = Enumerable.Range(0, 3).Select(i => new Load(service.Http, $"run/restart/{i}")).ToArray();
        using var end = new CancellationTokenSource();
        var sending = loads.Select(load => load.RunAsync(end.Token, Stop)).ToArray();
        for (var round = 1; round <= 2; round++)
        {
            await MoreAsync(loads);
            await (round == 1 ? postgres.KillAsync() : postgres.StopAsync(Stop));
            await Eventually.TrueAsync(
                async stop => (await service.Http.GetAsync(new Uri("/health", UriKind.Relative), stop)).StatusCode == HttpStatusCode.ServiceUnavailable, "not ready", stop: Stop);
            await postgres.StartAgainAsync(Stop);
        }

        await MoreAsync(loads);
        await end.CancelAsync();
        await Task.WhenAll(sending);
        var outcome = await Books.BalanceAsync(postgres, "orders", kafka.BootstrapServers, Stop);

        Assert.Contains(loads, load => load.Repeated > 0);
        TestContext.Current.SendDiagnosticMessage("{0}: {1} repeated; {2}", kind, loads.Sum(load => load.Repeated), outcome);
    }

    [PostgresFact]
    public async Task StartedBeforeDatabaseAndBackbone_RefusesUntilTheDatabaseIsThere_AndDeliversWhenTheBackboneIs()
    {
        using var folder = new TempFolder("orders");
        await using var postgres = await PostgresServer.StartAsync(["orders"], Stop);
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await postgres.StopAsync(Stop);
        await kafka.StopAsync();
        await using var service = await OrdersHost.StartAsync(
            kafka.BootstrapServers, postgres.ConnectionString("orders"), folder.Path, [("Backbone:TopicTimeout", "00:00:01")], isReady: false);

        using var refused = await service.Http.PlaceAsync(Api.Order(), Stop);
        await postgres.StartAgainAsync(Stop);
        await Eventually.ValueAsync(_ => service.Http.PlaceAsync(Api.Order(), Stop), placed => placed.StatusCode == HttpStatusCode.Created, "placed", stop: Stop);
        await kafka.RestartAsync(Stop);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "database-unreachable"), (refused.StatusCode, await refused.ProblemAsync(Stop)));
        await Eventually.SucceedsAsync<InvalidOperationException>(stop => Topic.ReadAsync(kafka.BootstrapServers, stop), "the topic is there", stop: Stop);
        await Books.BalanceAsync(postgres, "orders", kafka.BootstrapServers, Stop);
    }

    [PostgresFact]
    public async Task SlotDropped_CommandsAreRefused_ForTheirEventsWouldHaveNoWayOut()
    {
        using var folder = new TempFolder("orders");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using (var service = await OrdersHost.StartAsync(
            kafka.BootstrapServers, fixture.Postgres.ConnectionString("lost"), folder.Path, OrdersHost.Kind("LogicalMessage", "lost")))
        {
            using var placed = await service.Http.PlaceAsync(Api.Order(), Stop);
            await Books.BalanceAsync(fixture.Postgres, "lost", kafka.BootstrapServers, Stop);
            await Eventually.ValueAsync(
                stop => fixture.Postgres.PsqlAsync("lost", "SELECT stored_lsn > '0/0' FROM orders.relay", stop), noted => noted == "t", "noted", stop: Stop);
        }

        await Eventually.SucceedsAsync<InvalidOperationException>(
            stop => fixture.Postgres.PsqlAsync("lost", "SELECT pg_drop_replication_slot('lost_outbox')", stop), "the slot is dropped", stop: Stop);
        await using var again = await OrdersHost.StartAsync(
            kafka.BootstrapServers, fixture.Postgres.ConnectionString("lost"), folder.Path, OrdersHost.Kind("LogicalMessage", "lost"), hasRelay: false);
        using var refused = await again.Http.PlaceAsync(Api.Order(), Stop);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "outbox-lost"), (refused.StatusCode, await refused.ProblemAsync(Stop)));
    }

    private static async Task MoreAsync(Load[] loads)
    {
        var before = loads.Select(load => load.Done).ToArray();
        await Eventually.TrueAsync(() => loads.Zip(before).All(pair => pair.First.Done > pair.Second + 30), "commands are done", stop: Stop);
    }

    private async Task<int> RowsAsync(string database) => int.Parse(await fixture.Postgres.PsqlAsync(database, "SELECT count(*) FROM orders.outbox", Stop), null);
}
