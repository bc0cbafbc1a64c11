using EventSourcing.Receipts;
using EventSourcing.TestKit;
using EventSourcing.Till;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.MqAdapter.Tests.Support;

/// <summary>The tills in this process, with their receipts.</summary>
internal sealed class TillRun : IAsyncDisposable
{
    private readonly IHost _host;

    private TillRun(IHost host) => _host = host;

    public ReceiptBook Book => _host.Services.GetRequiredService<ReceiptBook>();

    public static async Task<TillRun> StartAsync(string mq, int count, int rate, CancellationToken stop, params (string Key, string? Value)[] more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "till" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:mq"] = mq,
            ["Till:Count"] = $"{count}",
            ["Till:SalesPerSecond"] = $"{rate}",
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Configuration.AddInMemoryCollection(more.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddTills();
        var run = new TillRun(builder.Build());
        await run._host.StartAsync(stop);
        return run;
    }

    /// <summary>Waits until every sale is accepted by the queue.</summary>
    public Task AllAcceptedAsync(int count, CancellationToken stop) =>
        Eventually.ValueAsync(_ => Task.FromResult(Book.Totals), totals => totals.Spooled == count, $"{count} sales are accepted", stop: stop);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
