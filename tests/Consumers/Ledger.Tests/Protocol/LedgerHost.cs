using System.Net.Http.Json;
using System.Text;
using EventSourcing.Receipts;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Ledger.Tests.Protocol;

/// <summary>The whole ledger in this process, on a free port.</summary>
internal sealed class LedgerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LedgerHost(WebApplication app) => _app = app;

    public HttpClient Http { get; private set; } = new();

    public IServiceProvider Services => _app.Services;

    public static async Task<LedgerHost> StartAsync(string bootstrapServers, Topics? topics = null, params IEnumerable<(string Key, string Value)> settings)
    {
        var host = new LedgerHost(Build(bootstrapServers, topics, settings));
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Http = new HttpClient { BaseAddress = new Uri(host._app.Urls.First()) };
        return host;
    }

    public async Task<LedgerReport> ReportAsync(string query = "")
    {
        using var response = await Http.GetAsync(new Uri($"/ledger{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync(ReceiptsJsonContext.Default.LedgerReport, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Waits for a condition on the report.</summary>
    public Task<LedgerReport> ReportWhenAsync(Func<LedgerReport, bool> isExpected, string what) =>
        Eventually.ValueAsync(_ => ReportAsync(), isExpected, what, stop: TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PutAsync(string reporter, string body, string contentType = "application/json") => Http.PutAsync(
        new Uri($"/receipts/{reporter}", UriKind.Relative), new StringContent(body, Encoding.UTF8, contentType), TestContext.Current.CancellationToken);

    public async Task AnswerAsync(string topic, string source, string stored, bool final = true, long number = 1)
    {
        var report = new ReceiptsReport(DateTimeOffset.UnixEpoch, number, final, [new SourceReceiptsState(source, topic, Bench.Set(stored))]);
        using var response = await Http.PutAsJsonAsync(
            new Uri("/receipts/test", UriKind.Relative), report, ReceiptsJsonContext.Default.ReceiptsReport, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(string bootstrapServers, Topics? topics, IEnumerable<(string Key, string Value)> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = bootstrapServers,
            ["Ledger:Topics:0"] = topics?.Events ?? "events",
            ["Ledger:Topics:1"] = topics?.Others ?? "others",
            ["Ledger:DeadLetterTopic"] = topics?.DeadLetters ?? "dead-letters",
            ["Ledger:WatchInterval"] = "00:00:00.100",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddServiceDefaults();
        builder.AddLedger();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapLedgerEndpoints();
        return app;
    }
}
