using EventSourcing.LocalKafka;
using EventSourcing.MobileBff;
using EventSourcing.Phones.Recording;
using EventSourcing.Receipts;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Phones.Tests.Sending;

/// <summary>The phones against the real BFF on LocalKafka.</summary>
public sealed class PhonesTests
{
    private const int CorruptPercent = 5;
    private const string Key = "the key of the phones' tests, long enough";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Week_OfManyPhones_OverABadNetwork_IsStoredOnce_AndEveryCorruptEventIsRefused()
    {
        const int Events = 4_000;
        using var folder = new TempFolder("phones");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var bff = await StartBffAsync(kafka.BootstrapServers, folder);
        using var host = Build(
            bff.Urls.Single(), folder, ("Phones:Count", $"{Events}"), ("Phones:Installations", "40"), ("Phones:CutEvery", "3"), ("Phones:RepeatEvery", "3"),
            ("Phones:CorruptPercent", $"{CorruptPercent}"));
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.RunAsync(Stop);                            // ends by itself when the count is done
        var records = await TopicLog.ReadAsync(kafka.BootstrapServers, "mobile-events");

        Assert.Equal((Events, 0, 0), (book.Totals.Stored + book.Totals.Rejected, book.Totals.Unanswered, book.Totals.Spooled));
        Assert.InRange(book.Totals.Rejected, Events * 3 / 100, Events * 8 / 100);
        Assert.Equal(book.Totals.Stored, records.Count);
        foreach (var source in book.Snapshot())
        {
            var sequences = records.Where(record => record.Header("ce_source") == source.Source).OrderBy(record => record.Offset)
                .Select(record => long.Parse(record.Header("ce_sequence")!, null)).ToList();
            Assert.Equal(sequences.Distinct().Order(), sequences);
            Assert.Equal(GoodOnes(source), sequences);
        }
    }

    [Fact]
    public async Task Stop_EndsTheRun_WithEveryAnswerBooked()
    {
        using var folder = new TempFolder("phones");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var bff = await StartBffAsync(kafka.BootstrapServers, folder);
        using var host = Build(bff.Urls.Single(), folder);
        var book = host.Services.GetRequiredService<ReceiptBook>();

        await host.StartAsync(Stop);
        await Eventually.TrueAsync(() => book.Totals.Stored > 300, "events are stored", stop: Stop);
        await host.StopAsync(Stop);
        var records = await TopicLog.ReadAsync(kafka.BootstrapServers, "mobile-events");

        Assert.Equal(book.Totals.Stored, records.Count);
        Assert.Equal(0, book.Totals.Unanswered);
    }

    // The week is made again: what is good in it is what must be on the topic.
    private static IEnumerable<long> GoodOnes(SourceReceiptsState source)
    {
        var phone = int.Parse(source.Source.Split('/')[4].Split('-')[1], null);
        var week = new OfflineWeek(seed: 1, phone, eventsPerWeek: 100, CorruptPercent);
        return Enumerable.Range(1, (int)((source.Stored?.Count ?? 0) + (source.Rejected?.Count ?? 0)))
            .Where(_ => week.Next().Corruption == Corruption.None).Select(number => (long)number);
    }

    private static IHost Build(string bff, TempFolder folder, params (string Key, string? Value)[] more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "phones" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Phones:Bff"] = bff,
            ["Phones:TokenKey"] = Key,
            ["Phones:EventsPerSecond"] = "5000",
            ["Phones:QueueDirectory"] = folder.File("queues/x")[..^2],
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Configuration.AddInMemoryCollection(more.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddPhones();
        return builder.Build();
    }

    private static async Task<WebApplication> StartBffAsync(string bootstrapServers, TempFolder folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = bootstrapServers,
            ["Backbone:SpoolDirectory"] = folder.File("spool/x")[..^2],
            ["Window:Directory"] = folder.File("window/x")[..^2],
            ["DeviceTokens:Keys:dev"] = Key,
            ["Installations:EventsPerSecond"] = "1000",
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddMobileBff();
        var app = builder.Build();
        app.MapMobileBffEndpoints();
        await app.StartAsync(Stop);
        return app;
    }
}
