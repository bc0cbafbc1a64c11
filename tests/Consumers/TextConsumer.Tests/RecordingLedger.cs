using System.Text.Json;
using EventSourcing.Receipts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventSourcing.TextConsumer.Tests;

/// <summary>Stands in for the ledger: keeps the latest report.</summary>
internal sealed class RecordingLedger : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile ReceiptsReport? _latest;

    private RecordingLedger()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPut("/receipts/{reporter}", async (HttpRequest request) =>
        {
            _latest = await JsonSerializer.DeserializeAsync(request.Body, ReceiptsJsonContext.Default.ReceiptsReport, request.HttpContext.RequestAborted);
            return Results.NoContent();
        });
    }

    public string Address => _app.Urls.First();

    public ReceiptsReport? Latest => _latest;

    public static async Task<RecordingLedger> StartAsync()
    {
        var ledger = new RecordingLedger();
        await ledger._app.StartAsync(TestContext.Current.CancellationToken);
        return ledger;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
