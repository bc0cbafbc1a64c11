using EventSourcing.Receipts;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Shoppers.Tests.Steps;

/// <summary>The watcher against a service that answers as the fulfillment service's README says; with the real one it is run by the topology.</summary>
public sealed class StepWatcherTests
{
    private const long Before = 7;
    private const long Last = 5_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StepsCommittedSinceTheStart_AreBooked_PageByPage_ThroughARefusal()
    {
        await using var service = await StartAsync();
        using var shoppers = Build(service.Urls.Single());
        var book = shoppers.Services.GetRequiredService<ReceiptBook>();

        await shoppers.StartAsync(Stop);
        await Eventually.TrueAsync(() => book.Totals.Spooled == Last - Before, "all steps are booked", stop: Stop);
        await shoppers.StopAsync(Stop);

        var source = Assert.Single(book.Snapshot(), source => source.Topic == "process-steps");
        Assert.Equal("/fulfillment/abc123/steps", source.Source);
        Assert.Equal($"{Before + 1}-{Last}", source.Spooled!.ToString());
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var calls = 0;
        app.MapGet("/steps", (long? after, int? limit) => ++calls == 3
            ? Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new
            {
                source = "/fulfillment/abc123/steps",
                topic = "process-steps",
                last = after is null ? Before : Last,
                steps = Enumerable.Range((int)(after ?? 0) + 1, (int)Math.Min(limit ?? 500, Last - (after ?? 0))).Select(number => new { sequence = number, id = Guid.NewGuid(), instanceId = "o-1" }),
            }));
        await app.StartAsync(Stop);
        return app;
    }

    private static IHost Build(string fulfillment)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "shoppers" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Shoppers:Orders"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Shoppers:Fulfillment"] = fulfillment,
            ["Shoppers:StepInterval"] = "00:00:00.050",
            ["Shoppers:DrainTimeout"] = "00:00:00",
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.AddShoppers();
        return builder.Build();
    }
}
