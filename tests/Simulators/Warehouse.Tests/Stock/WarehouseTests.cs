using EventSourcing.Receipts;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Net;
using EventSourcing.TestKit.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Warehouse.Tests.Stock;

/// <summary>The terminals against a real database; psql judges.</summary>
public sealed class WarehouseTests
{
    private const int Movements = 1_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task EveryMovement_IsCommitted_Numbered_AndBooked()
    {
        await using var postgres = await PostgresServer.StartAsync(["warehouse"], Stop);
        using var host = Build(postgres.ConnectionString("warehouse"), Movements);
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.RunAsync(Stop);                            // ends by itself when the count is done

        Assert.Equal((Movements, 0), (book.Totals.Spooled, book.Totals.Unanswered));
        await AssertBookedAsync(postgres, book);
        Assert.Equal("0", await postgres.PsqlAsync("warehouse", "SELECT count(*) FROM stock_levels WHERE on_hand <> (SELECT sum(quantity) FROM stock_movements m WHERE m.item = stock_levels.item)", Stop));
        Assert.Equal(
            await postgres.PsqlAsync("warehouse", "SELECT coalesce(sum(quantity), 0) FROM stock_movements", Stop),
            await postgres.PsqlAsync("warehouse", "SELECT coalesce(sum(quantity), 0) FROM reservations", Stop));
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task CutConnections_AndAKilledServer_LoseNoMovement_AndMakeNoneTwice()
    {
        await using var postgres = await PostgresServer.StartAsync(["warehouse"], Stop);
        await using var relay = new TcpRelay(postgres.Port);
        using var host = Build(postgres.ConnectionString("warehouse").Replace($"Port={postgres.Port}", $"Port={relay.Port}", StringComparison.Ordinal), Movements, ("Warehouse:MovementsPerSecond", "400"));
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.StartAsync(Stop);
        for (var cut = 1; cut <= 4; cut++)
        {
            var target = cut * 150;
            await Eventually.TrueAsync(() => book.Totals.Spooled > target, $"{target} movements", stop: Stop);
            if (cut % 2 == 1)
            {
                relay.Cut();
                continue;
            }

            await postgres.KillAsync();
            await postgres.StartAgainAsync(Stop);
        }

        await host.WaitForShutdownAsync(Stop);

        Assert.Equal((Movements, 0), (book.Totals.Spooled, book.Totals.Unanswered));
        await AssertBookedAsync(postgres, book);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task Stop_EndsTheRun_WithEveryAnswerBooked()
    {
        await using var postgres = await PostgresServer.StartAsync(["warehouse"], Stop);
        using var host = Build(postgres.ConnectionString("warehouse"), 0);
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.StartAsync(Stop);
        await Eventually.TrueAsync(() => book.Totals.Spooled > 100, "movements are made", stop: Stop);
        await host.StopAsync(Stop);

        Assert.Equal(0, book.Totals.Unanswered);
        await AssertBookedAsync(postgres, book);
    }

    private static async Task AssertBookedAsync(PostgresServer postgres, ReceiptBook book)
    {
        var rows = await postgres.PsqlAsync(
            "warehouse", "SELECT terminal || '=' || min(movement_no) || '-' || max(movement_no) || '/' || count(*) FROM stock_movements GROUP BY terminal ORDER BY terminal", Stop);
        var booked = book.Snapshot().OrderBy(own => own.Source, StringComparer.Ordinal)
            .Select(own => $"{own.Source[(own.Source.LastIndexOf('/') + 1)..]}={own.Spooled}/{own.Spooled!.Count}");
        Assert.Equal(booked, rows.Split('\n'));
    }

    private static IHost Build(string connection, int count, params (string Key, string? Value)[] more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "warehouse" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:warehouse"] = connection,
            ["Warehouse:Count"] = $"{count}",
            ["Warehouse:MovementsPerSecond"] = "2000",
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Configuration.AddInMemoryCollection(more.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddWarehouse();
        return builder.Build();
    }
}
