using EventSourcing.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventSourcing.Receipts.Tests;

public class ReceiptReportingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LastReport_HoldsWhatOtherServicesNotedWhileStopping()
    {
        using var ledger = new RecordingLedger();
        using var sender = ledger.BuildSender(builder => builder.Services.AddHostedService<LateSender>());
        await sender.StartAsync(Stop);

        await sender.StopAsync(Stop);

        var last = ledger.Reports.Last();
        Assert.True(last.Final);
        Assert.Equal("1", Assert.Single(last.Sources).Stored!.ToString());
        Assert.All(ledger.Addresses, address => Assert.Equal("/receipts/sender", address.AbsolutePath));
    }

    [Fact]
    public async Task Reports_Repeat_WhileTheHostRuns()
    {
        using var ledger = new RecordingLedger();
        using var sender = ledger.BuildSender();
        await sender.StartAsync(Stop);

        sender.Services.GetRequiredService<ReceiptBook>().Stored("/s", "t", 1);
        await Eventually.TrueAsync(() => ledger.Reports.Any(report => report.Sources.Count == 1), "a report with that content", stop: Stop);
        sender.Services.GetRequiredService<ReceiptBook>().Stored("/s", "t", 2);
        await Eventually.TrueAsync(() => ledger.Reports.Any(report => report.Sources.Any(source => source.Stored!.Count == 2)), "a report with that content", stop: Stop);

        Assert.Equal(ledger.Reports.Select(report => report.Number).Order(), ledger.Reports.Select(report => report.Number));
        Assert.Single(ledger.Reports.Select(report => report.StartedAt).Distinct());
        Assert.DoesNotContain(ledger.Reports, report => report.Final);
        await sender.StopAsync(Stop);
    }

    [Fact]
    public async Task Stop_WithAnAbsentLedger_EndsAfterTheTimeout()
    {
        using var ledger = new RecordingLedger { Absent = true };
        using var sender = ledger.BuildSender();
        await sender.StartAsync(Stop);

        await sender.StopAsync(Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop);

        Assert.Empty(ledger.Reports);
    }

    [Fact]
    public async Task Report_AfterTheLedgerWasAbsent_HoldsTheFullState()
    {
        using var ledger = new RecordingLedger { Absent = true };
        using var sender = ledger.BuildSender();
        await sender.StartAsync(Stop);
        sender.Services.GetRequiredService<ReceiptBook>().Spooled("/s", "t", 5);

        ledger.Absent = false;
        await Eventually.TrueAsync(() => ledger.Reports.Any(report => report.Sources is [{ Spooled.Count: 1 }]), "a report with that content", stop: Stop);

        await sender.StopAsync(Stop);
    }

    [Fact]
    public void Start_WithAnInvalidReporterName_IsRefused()
    {
        using var ledger = new RecordingLedger();
        using var sender = ledger.BuildSender(builder =>
            builder.Services.Configure<ReceiptReportingOptions>(options => options.Reporter = "a/b"));

        Assert.ThrowsAny<Exception>(() => sender.StartAsync(Stop).GetAwaiter().GetResult());
    }

    /// <summary>Notes its event only when it is stopped, as a sender that waits for outstanding answers does.</summary>
    private sealed class LateSender(ReceiptBook book) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            book.Stored("/late", "t", 1);
            return Task.CompletedTask;
        }
    }
}
