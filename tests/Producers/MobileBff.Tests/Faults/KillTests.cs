using EventSourcing.LocalKafka;
using EventSourcing.MobileBff.Tests.Support;
using EventSourcing.Phones;
using EventSourcing.Phones.Recording;
using EventSourcing.Receipts;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Net;
using EventSourcing.TestKit.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.MobileBff.Tests.Faults;

/// <summary>
/// The phones' week while connections are cut and the service is killed with SIGKILL again and again: every good event is on the topic, once after
/// dedup, further copies are marked, in order per phone; every corrupt one is refused and on no topic but the dead letters.
/// </summary>
public sealed class KillTests
{
    private const int Events = 4_000;
    private const int Kills = 3;
    private const int CorruptPercent = 1;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServiceKilled_AndConnectionsCut_EveryGoodEventArrivesOnce_EveryCorruptOneIsAnswered()
    {
        using var folder = new TempFolder("bff");
        await using var kafka = await LocalKafkaBroker.StartAsync(stop: Stop);
        await using var relay = new TcpRelay();
        using var phones = BuildPhones(relay.Port, folder);
        var book = phones.Services.GetRequiredService<ReceiptBook>();
        await phones.StartAsync(Stop);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var service = Start(kafka.BootstrapServers, folder, relay);
            await HaveAsync(book, service, kill * 600);
            relay.Cut();
            await HaveAsync(book, service, (kill * 600) + 200);
            await service.KillAsync();
        }

        await using var last = Start(kafka.BootstrapServers, folder, relay);
        await HaveAsync(book, last, Events);
        await phones.WaitForShutdownAsync(Stop);

        Assert.Equal((Events, 0), (book.Totals.Stored + book.Totals.Rejected, book.Totals.Unanswered));
        Check(book, await TopicLog.ReadAsync(kafka.BootstrapServers, "mobile-events"));
    }

    private static void Check(ReceiptBook book, IReadOnlyList<TopicRecord> records)
    {
        var bySource = records.ToLookup(record => record.Header("ce_source"));
        foreach (var receipts in book.Snapshot())
        {
            var own = bySource[receipts.Source].OrderBy(record => record.Offset).ToList();
            var first = own.DistinctBy(record => record.Id).Select(record => long.Parse(record.Header("ce_sequence")!, null)).ToList();

            Assert.Equal(GoodOnes(receipts), first);
            Assert.All(first, sequence => Assert.True(receipts.Stored!.Contains(sequence)));
            Assert.All(own, record => Assert.Equal(receipts.Source.Split('/')[4], record.Key));
            Assert.All(own.GroupBy(record => record.Id), copies => Assert.InRange(copies.Count(copy => !copy.IsMarked), 0, 1));
        }

        Assert.Equal(book.Totals.Stored, records.Select(record => (record.Header("ce_source"), record.Id)).Distinct().Count());
        TestContext.Current.SendDiagnosticMessage(
            "{0} stored, {1} refused, {2} marked copies", book.Totals.Stored, book.Totals.Rejected, records.Count - book.Totals.Stored);
    }

    // The week is made again: what is good in it is what must be on the topic.
    private static IEnumerable<long> GoodOnes(SourceReceiptsState source)
    {
        var week = new OfflineWeek(seed: 1, int.Parse(source.Source.Split('/')[4].Split('-')[1], null), eventsPerWeek: 100, CorruptPercent);
        return Enumerable.Range(1, (int)((source.Stored?.Count ?? 0) + (source.Rejected?.Count ?? 0)))
            .Where(_ => week.Next().Corruption == Corruption.None).Select(number => (long)number);
    }

    private static IHost BuildPhones(int port, TempFolder folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "phones" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Phones:Bff"] = $"http://127.0.0.1:{port}",
            ["Phones:TokenKeyId"] = Tokens.KeyId,
            ["Phones:TokenKey"] = Tokens.Key,
            ["Phones:Count"] = $"{Events}",
            ["Phones:EventsPerSecond"] = "2000",
            ["Phones:CorruptPercent"] = $"{CorruptPercent}",
            ["Phones:QueueDirectory"] = folder.File("queues/x")[..^2],
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddPhones();
        return builder.Build();
    }

    private static TestProcess Start(string kafka, TempFolder folder, TcpRelay relay)
    {
        relay.Target = FreePort.Next();
        var environment = BffHost.Settings(kafka, folder.Path).ToDictionary(own => own.Key.Replace(":", "__", StringComparison.Ordinal), own => own.Value);
        environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{relay.Target}";
        environment["ASPNETCORE_CONTENTROOT"] = Repository.PathOf("src/Producers/MobileBff");
        environment["Installations__EventsPerSecond"] = "1000";
        return TestProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "MobileBff.dll")], environment, AppContext.BaseDirectory);
    }

    private static Task HaveAsync(ReceiptBook book, TestProcess service, long count) => Eventually.TrueAsync(
        () => service.HasExited ? throw new InvalidOperationException(service.Output) : book.Totals.Stored + book.Totals.Rejected >= count,
        $"{count} answers",
        TimeSpan.FromMinutes(3),
        Stop);
}
