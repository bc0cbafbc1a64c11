using System.Runtime.CompilerServices;
using EventSourcing.LocalKafka;
using EventSourcing.Orders;
using EventSourcing.Receipts;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Net;
using EventSourcing.TestKit.Postgres;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Shoppers.Tests.Shopping;

/// <summary>The shoppers against the real order service, on a real database.</summary>
public sealed class ShoppersTests
{
    private const int Commands = 600;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [PostgresFact]
    public async Task ConnectionsCut_EveryCommandIsDoneOnce_AndEveryPromiseIsKept()
    {
        using var folder = new TempFolder("shoppers");
        await using var postgres = await PostgresServer.StartAsync(["orders"], Stop);
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var service = await StartOrdersAsync(postgres, kafka, folder);
        await using var relay = new TcpRelay(new Uri(service.Urls.Single()).Port);
        using var shoppers = Build(relay.Address, Commands);
        var book = shoppers.Services.GetRequiredService<ReceiptBook>();

        await shoppers.StartAsync(Stop);
        for (var cut = 1; cut <= 4; cut++)
        {
            var target = cut * 100;
            await Eventually.TrueAsync(() => book.Totals.Spooled > target, $"{target} commands", stop: Stop);
            relay.Cut();
        }

        await shoppers.WaitForShutdownAsync(Stop);            // ends by itself when the count is done
        var records = await Eventually.ValueAsync(
            _ => TopicLog.ReadAsync(kafka.BootstrapServers, "orders"), found => found.Count >= Commands, $"{Commands} events", stop: Stop);

        Assert.Equal((Commands, 0, 0), (book.Totals.Spooled, book.Totals.Rejected, book.Totals.Unanswered));
        Assert.Equal(Commands, records.DistinctBy(record => record.Id).Count());
        foreach (var source in book.Snapshot())
        {
            var numbers = records.Where(record => record.Header("ce_source") == source.Source).Select(record => long.Parse(record.Header("ce_sequence")!, null)).Distinct();
            Assert.Equal(Enumerable.Range(1, (int)source.Spooled!.Count).Select(number => (long)number), numbers.Order());
        }

        Assert.Contains(records, record => record.Header("ce_type") == "io.eventsourcing.order.cancelled.v1");
        Assert.All(
            records.GroupBy(record => record.Key), own => Assert.Equal(own.OrderBy(record => record.Offset).Select(record => record.Id), own.OrderBy(record => record.Header("ce_sequence")).Select(record => record.Id)));
    }

    [Fact]
    public async Task Stop_WhileTheServiceIsAway_EndsInTime_AndBooksWhatIsUnknown()
    {
        using var shoppers = Build($"127.0.0.1:{FreePort.Next()}", 0);
        var book = shoppers.Services.GetRequiredService<ReceiptBook>();

        await shoppers.StartAsync(Stop);
        await shoppers.StopAsync(Stop);

        Assert.Equal((0, 0), (book.Totals.Spooled, book.Totals.Unanswered)); // nothing was ever sent
    }

    private static IHost Build(string orders, int count)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "shoppers" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Shoppers:Orders"] = $"http://{orders}",
            ["Shoppers:Count"] = $"{count}",
            ["Shoppers:EventsPerSecond"] = "2000",
            ["Shoppers:CancelPercent"] = "10",
            ["Shoppers:RetryDelay"] = "00:00:00.050",
            ["Shoppers:DrainTimeout"] = "00:00:01",
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddShoppers();
        return builder.Build();
    }

    private static async Task<WebApplication> StartOrdersAsync(PostgresServer postgres, LocalKafkaBroker kafka, TempFolder folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = kafka.BootstrapServers,
            ["ConnectionStrings:orders"] = postgres.ConnectionString("orders"),
            ["Backbone:SpoolDirectory"] = folder.File("spool/x")[..^2],
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddOrders();
        var app = builder.Build();
        app.MapOrdersEndpoints();
        await app.StartAsync(Stop);
        return app;
    }
}

/// <summary>A test that needs PostgreSQL: skipped with the reason where it is missing, failed in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = Requires.PostgresReason;
        SkipType = typeof(PostgresFactAttribute);
        SkipUnless = nameof(IsPossible);
    }

    public static bool IsPossible => Requires.Postgres;
}
