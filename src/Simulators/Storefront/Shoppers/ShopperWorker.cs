using EventSourcing.Receipts;
using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Kafka;
using EventSourcing.Storefront.Options;
using EventSourcing.Storefront.Telemetry;
using EventSourcing.WebEvents.V1;
using Microsoft.Extensions.Options;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>Runs the groups of all three paths until the process stops, then drains them.</summary>
internal sealed class ShopperWorker(
    IHttpClientFactory http, Collector.CollectorClient grpc, DirectProducer direct, ReceiptBook book, RunId run,
    IOptions<ShoppersOptions> options, StorefrontTelemetry telemetry, TimeProvider clock, ILogger<ShopperWorker> logger) : BackgroundService
{
    public const string HttpClientName = "web-events";
    private const string Shop = "https://shop.example";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        using var drain = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => drain.CancelAfter(options.Value.DrainTimeout));
        Log.Started(logger, run.Value);
        await Task.WhenAll(
            RunPathAsync("http", options.Value.HttpRatePerSecond, () => new HttpSender(http.CreateClient(HttpClientName)), stoppingToken, drain.Token),
            RunPathAsync("grpc", options.Value.GrpcRatePerSecond, () => new GrpcSender(grpc), stoppingToken, drain.Token),
            RunPathAsync("direct", options.Value.DirectRatePerSecond, () => new DirectSender(direct), stoppingToken, drain.Token));
    }

    private Task RunPathAsync(string path, double rate, Func<IEventSender> sender, CancellationToken stop, CancellationToken drain)
    {
        var groups = rate > 0 ? options.Value.Groups : 0;
        return Task.WhenAll(Enumerable.Range(1, groups).Select(group => RunGroupAsync($"{path}/{group}", path, rate / groups, sender, stop, drain)));
    }

    private async Task RunGroupAsync(
        string name, string path, double rate, Func<IEventSender> createSender, CancellationToken stop, CancellationToken drain)
    {
        await using var sender = createSender();
        var events = new EventFactory(run.Source(name), clock);
        var group = new ShopperGroup(path, events, sender, book, options.Value, Shop, telemetry, clock, logger);
        await group.RunAsync(rate, stop, drain);
    }
}
