using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using EventSourcing.Receipts;
using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>Reads the ledger of a running topology.</summary>
public sealed class LedgerProbe(DistributedApplication app)
{
    private const int SettleSeconds = 120;

    /// <summary>The ledger as it is now, a row per simulator and path.</summary>
    public Task<LedgerReport> ReadAsync(CancellationToken stop) => ReadAsync("ledger?by=path", stop);

    /// <summary>The ledger after every simulator has ended and everything on the topics is read.</summary>
    public async Task<LedgerReport> SettledAsync(CancellationToken stop)
    {
        var report = await ReadAsync($"ledger?by=path&settle={SettleSeconds}s", stop);
        Assert.True(report.Settled, $"The ledger did not settle within {SettleSeconds} s: {string.Join(", ", report.Reporters)}; {report.Reading}");
        return report;
    }

    /// <summary>Waits until each topic has at least so many promised events more than before.</summary>
    public async Task<LedgerReport> GrownByAsync(long events, LedgerReport before, CancellationToken stop) =>
        await Eventually.ValueAsync(ReadAsync, now => now.Totals.Stored >= before.Totals.Stored + events, $"{events} more events in the ledger", stop: stop);

    private async Task<LedgerReport> ReadAsync(string path, CancellationToken stop)
    {
        using var http = app.CreateHttpClient("ledger", "http");
        http.Timeout = TimeSpan.FromSeconds(SettleSeconds + 60);
        var report = await http.GetFromJsonAsync(path, ReceiptsJsonContext.Default.LedgerReport, stop);
        return report ?? throw new InvalidOperationException("The ledger answered with nothing.");
    }
}
