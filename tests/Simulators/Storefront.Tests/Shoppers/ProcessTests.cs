using System.Net.Http.Json;
using EventSourcing.Receipts;
using EventSourcing.Storefront.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;
using EventSourcing.WebEvents.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Storefront.Tests.Shoppers;

public sealed class ProcessTests(ShopFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Process_Terminated_SendsAFinalReportThatTheTopicConfirms_AndExitsWithZero()
    {
        var reports = new List<ReceiptsReport>();
        using var folder = new TempFolder("storefront");   // without the appsettings.json of the test folder
        await using var ledger = await StartLedgerAsync(reports, folder.Path);
        await using var process = TestProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "Storefront.dll")], new Dictionary<string, string?>
        {
            ["ConnectionStrings__kafka"] = fixture.BootstrapServers,
            ["services__web-events__http__0"] = fixture.WebEvents.HttpAddress.GetLeftPart(UriPartial.Authority),
            ["services__web-events__grpc__0"] = fixture.WebEvents.GrpcAddress.GetLeftPart(UriPartial.Authority),
            ["services__ledger__http__0"] = ledger.Urls.Single(),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["OTEL_SERVICE_NAME"] = "storefront",
        }, folder.Path);
        await Eventually.TrueAsync(() => Last(reports)?.Sources.Sum(page => page.Stored?.Count ?? 0) > 300, "the shoppers are under way", stop: Stop);

        var exitCode = await process.StopAsync(stop: Stop);

        Assert.True(exitCode == 0, $"Exit code {exitCode}. Its output:\n{process.Output}");
        var final = Last(reports)!;
        Assert.True(final.Final);
        Assert.Equal(3, final.Sources.Count);
        foreach (var page in final.Sources)
        {
            Assert.Equal((0, 0), (page.Unanswered?.Count ?? 0, page.Rejected?.Count ?? 0));
            Assert.Equal(page.Stored?.Count ?? 0, TopicReader.Read(fixture.BootstrapServers, "web-events", page.Source).Count);
        }
    }

    private static ReceiptsReport? Last(List<ReceiptsReport> reports)
    {
        lock (reports)
            return reports.LastOrDefault();
    }

    private static async Task<WebApplication> StartLedgerAsync(List<ReceiptsReport> reports, string folder)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPut("/receipts/{reporter}", async (HttpRequest request) =>
        {
            var report = await request.ReadFromJsonAsync(ReceiptsJsonContext.Default.ReceiptsReport, request.HttpContext.RequestAborted);
            lock (reports)
                reports.Add(report!);
        });
        await app.StartAsync(Stop);
        return app;
    }
}
