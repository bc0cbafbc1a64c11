using EventSourcing.Receipts;
using EventSourcing.Simulation;
using EventSourcing.Till.Options;
using EventSourcing.Till.Sales;
using EventSourcing.Till.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.Till.Sending;

/// <summary>
/// Runs the stores until they are stopped or their count is done, then ends the program. A stop sends nothing new and waits for outstanding
/// answers; the receipts' last report follows when this worker has ended.
/// </summary>
internal sealed class TillWorker(
    IOptions<TillOptions> options, IConfiguration configuration, ReceiptBook book, TillTelemetry telemetry, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<TillWorker> logger) : BackgroundService
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..6];
    private List<StoreGroup> _groups = [];

    /// <summary>Prepares the groups, so that a mistake in the configuration stops the start.</summary>
    /// <exception cref="InvalidOperationException">The queue's address is missing, or the character set unknown.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _groups = Prepare();
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Starting(logger, options.Value.Stores, _groups.Count, _run, options.Value.SalesPerSecond);
        using var giveUp = new CancellationTokenSource();
        await using (stoppingToken.Register(() => giveUp.CancelAfter(options.Value.DrainTimeout)))
            await Task.WhenAll(_groups.Select(group => group.RunAsync(stoppingToken, giveUp.Token)));
        Log.Ended(logger, book.Totals.ToString());
        lifetime.StopApplication();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _groups.ForEach(static group => group.Dispose());
        base.Dispose();
    }

    private List<StoreGroup> Prepare()
    {
        var own = options.Value;
        var broker = QueueAddress.Parse(configuration.GetConnectionString("mq"));
        var records = Records(own.Charset);
        var quota = new Quota(own.Count);
        var groups = new List<StoreGroup>();
        for (var i = 0; i < Math.Min(own.Groups, own.Stores); i++)
        {
            var name = $"{_run}-g{i + 1}";
            int[] stores = [.. Enumerable.Range(1, own.Stores).Where(store => (store - 1) % own.Groups == i)];
            groups.Add(new StoreGroup(
                name, own, broker, new Assortment(own.Seed + i, stores, own.MaxBasket, time), records,
                book.For($"/mq/{name}/{own.Queue}", own.Topic), quota, new Pace(own.SalesPerSecond / Math.Min(own.Groups, own.Stores), time),
                telemetry, time, logger));
        }

        return groups;
    }

    private static SaleRecords Records(string charset)
    {
        try
        {
            return new SaleRecords(charset);
        }
        catch (ArgumentException unknown)
        {
            throw new InvalidOperationException($"Till:Charset '{charset}' is not known: IBM037, IBM1047, us-ascii and further names of .NET are.", unknown);
        }
    }
}
