using EventSourcing.Receipts;
using EventSourcing.Shoppers.Options;
using EventSourcing.Shoppers.Telemetry;
using EventSourcing.Simulation;
using Microsoft.Extensions.Options;

namespace EventSourcing.Shoppers.Shopping;

/// <summary>
/// Runs the channels until they are stopped or their count is done, then ends the program. A stop sends nothing new and waits for outstanding answers; the receipts' last
/// report follows when this worker has ended.
/// </summary>
internal sealed class ShoppersWorker(
    IHttpClientFactory http, IOptions<ShoppersOptions> options, ReceiptBook book, ShoppersTelemetry telemetry, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<ShoppersWorker> logger) : BackgroundService
{
    /// <summary>Name of the HTTP client.</summary>
    public const string HttpClientName = "orders";

    private readonly string _run = Guid.NewGuid().ToString("N")[..6];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var own = options.Value;
        Log.Starting(logger, own.Channels, _run, own.EventsPerSecond);
        using var giveUp = new CancellationTokenSource();
        await using (stoppingToken.Register(() => giveUp.CancelAfter(own.DrainTimeout)))
            await Task.WhenAll(Enumerable.Range(0, own.Channels).Select(number => RunAsync(number, stoppingToken, giveUp.Token)));
        Log.Ended(logger, book.Totals.ToString());
        lifetime.StopApplication();
    }

    private async Task RunAsync(int number, CancellationToken stop, CancellationToken giveUp)
    {
        var own = options.Value;
        var name = $"{_run}/web-{number + 1}";
        var quota = own.Count == 0 ? long.MaxValue : (own.Count / own.Channels) + (number < own.Count % own.Channels ? 1 : 0);
        using var client = http.CreateClient(HttpClientName);
        using var channel = new SalesChannel(
            name, own, new CommandPlan(own.Seed + number, own.CancelPercent, own.Customers), new CommandSender(new OrdersClient(client), own, telemetry, time, logger),
            book.For($"/orders/{name}", own.Topic), new Pace(own.EventsPerSecond / own.Channels, time), quota);
        await channel.RunAsync(stop, giveUp);
    }
}
