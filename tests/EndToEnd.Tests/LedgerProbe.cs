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

    /// <summary>Waits until the ledger has at least so many promised events more than now.</summary>
    public async Task GrownByAsync(long events, CancellationToken stop)
    {
        var goal = (await ReadAsync(stop)).Totals.Stored + events;
        await Eventually.ValueAsync(async _ => (await ReadAsync(stop)).Totals.Stored, stored => stored >= goal, $"{events} more events in the ledger", stop: stop);
    }

    /// <summary>Waits until the ledger has more promised events of every one of these paths than now.</summary>
    public async Task GrownAsync(IReadOnlyCollection<string> paths, CancellationToken stop)
    {
        var before = await ReadAsync(stop);
        await Eventually.ValueAsync(
            async _ => Silent(before, await ReadAsync(stop), paths), silent => silent.Length == 0, "more events of every path in the ledger", stop: stop);
    }

    /// <summary>Waits until the ledger balances while the load goes on: what is lost, or there twice, keeps it from ever balancing.</summary>
    public async Task<LedgerReport> BalancedAsync(CancellationToken stop)
    {
        try
        {
            return await Eventually.ValueAsync(ReadAsync, report => report.Balanced, "the ledger balances", stop: stop);
        }
        catch (TimeoutException late)
        {
            throw await UnbalancedAsync(await ReadAsync(stop), late, stop);
        }
    }

    /// <summary>The ledger after every simulator has ended and everything on the topics is read: balanced to the last event.</summary>
    public async Task<LedgerReport> SettledAsync(CancellationToken stop)
    {
        var report = await ReadAsync($"ledger?by=path&settle={SettleSeconds}s", stop);
        Assert.True(report.Settled, $"The ledger did not settle within {SettleSeconds} s: {string.Join(", ", report.Reporters)}; {report.Reading}");
        return report.Balanced ? report : throw await UnbalancedAsync(report, inner: null, stop);
    }

    private static string Silent(LedgerReport before, LedgerReport now, IEnumerable<string> paths) =>
        string.Join(", ", paths.Where(path => Stored(now, path) <= Stored(before, path)));

    private static long Stored(LedgerReport report, string path) => report.Sources.Where(row => row.Name == path).Sum(row => row.Counts.Stored);

    private async Task<InvalidOperationException> UnbalancedAsync(LedgerReport report, Exception? inner, CancellationToken stop)
    {
        var evidence = await TopicEvidence.OfAsync(
            (await app.GetConnectionStringAsync("kafka", stop))!, report.Topics.Where(row => !row.Counts.Balanced).Select(row => row.Name), stop);
        var wrong = report.Sources.Where(row => !row.Counts.Balanced);
        return new InvalidOperationException($"{report.ToLine()}\n{string.Join('\n', wrong)}\n{string.Join('\n', report.DeadLetters)}\n{evidence}", inner);
    }

    private async Task<LedgerReport> ReadAsync(string path, CancellationToken stop)
    {
        using var http = app.CreateHttpClient("ledger", "http");
        http.Timeout = TimeSpan.FromSeconds(SettleSeconds + 60);
        var report = await http.GetFromJsonAsync(path, ReceiptsJsonContext.Default.LedgerReport, stop);
        return report ?? throw new InvalidOperationException("The ledger answered with nothing.");
    }
}
