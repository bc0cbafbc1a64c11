using System.Globalization;
using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.Receipts;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.Warehouse;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>The warehouse's COMMITs against the topics, read by kcat.</summary>
public sealed class WarehouseTests
{
    private const int Movements = 1_000;
    private static readonly string[] Tables = ["stock_movements", "stock_levels", "reservations"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static bool IsPossible => Requires.Postgres && Requires.Kcat && Requires.Psql;

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(IsPossible), SkipType = typeof(WarehouseTests))]
    public async Task EveryCommit_IsAnEvent_OfTheSourceAndNumberThatItNamed()
    {
        await using var rig = await Rig.StartAsync(Stop);
        using var warehouse = BuildWarehouse(rig);
        await warehouse.StartAsync(Stop);
        await Eventually.TrueAsync(async _ => await rig.SqlAsync("SELECT to_regclass('reservations') IS NOT NULL", Stop) == "t", "the tables are there", stop: Stop);

        await using var cdc = await rig.StartCdcAsync(
            Tables, Stop, ("Cdc:Tables:0:SourceColumn", "terminal"), ("Cdc:Tables:0:SequenceColumn", "movement_no"), ("Cdc:Tables:0:TraceParentColumn", "traceparent"));
        await warehouse.WaitForShutdownAsync(Stop);
        var book = warehouse.Services.GetRequiredService<ReceiptBook>();
        await rig.ReadAsync(Tables[0], Movements, Stop);
        var records = await Kcat.ConsumeAllAsync(rig.Kafka.BootstrapServers, rig.Topic(Tables[0]), stop: Stop);

        Assert.Equal(Movements, book.Totals.Spooled);
        Assert.Equal(Movements, records.Count);
        foreach (var receipts in book.Snapshot())
        {
            Assert.Equal(rig.Topic(Tables[0]), receipts.Topic);
            var numbers = records.Where(record => record.Header("ce_source") == receipts.Source).Select(record => long.Parse(record.Header("ce_sequence")!, CultureInfo.InvariantCulture));
            Assert.Equal(Enumerable.Range(1, (int)receipts.Spooled!.Count).Select(static number => (long)number), numbers.Order());
        }

        var levels = ChangeRecord.Read(await TopicLog.ReadAsync(rig.Kafka.BootstrapServers, rig.Topic(Tables[1])));
        Assert.Equal(await rig.SqlAsync("SELECT count(*) FROM stock_levels", Stop), $"{ChangeRecord.Fold(levels).Count}");
        ChangeRecord.AssertDense(levels);
    }

    private static IHost BuildWarehouse(Rig rig)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "warehouse" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:warehouse"] = rig.Postgres.ConnectionString(rig.Database),
            ["Warehouse:Count"] = $"{Movements}",
            ["Warehouse:MovementsPerSecond"] = "300",
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddWarehouse();
        return builder.Build();
    }
}
