using EventSourcing.Receipts;
using EventSourcing.Simulation;
using EventSourcing.Warehouse.Options;
using EventSourcing.Warehouse.Telemetry;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.Warehouse.Stock;

/// <summary>
/// Runs the terminals until they are stopped or their count is done, then ends the program. A stop begins nothing new and waits for answers that are outstanding;
/// the receipts' last report follows when this worker has ended.
/// </summary>
internal sealed class WarehouseWorker(
    IOptions<WarehouseOptions> options, IConfiguration configuration, ReceiptBook book, WarehouseTelemetry telemetry, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<WarehouseWorker> logger) : BackgroundService
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..6];
    private NpgsqlConnectionStringBuilder _settings = [];

    /// <summary>Reads the connection string, so that a mistake in the configuration stops the start.</summary>
    /// <exception cref="InvalidOperationException">The connection string is missing or names no database.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var timeout = (int)Math.Ceiling(options.Value.Timeout.TotalSeconds);
        _settings = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("warehouse"))
        {
            Pooling = false,
            Timeout = timeout,
            CommandTimeout = timeout,
            ApplicationName = "warehouse",
        };
        if (string.IsNullOrEmpty(_settings.Host) || string.IsNullOrEmpty(_settings.Database))
            throw new InvalidOperationException("ConnectionStrings:warehouse is missing, or names no Host or Database.");
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var own = options.Value;
        Log.Starting(logger, own.Terminals, _run, own.MovementsPerSecond);
        using var giveUp = new CancellationTokenSource();
        await using (stoppingToken.Register(() => giveUp.CancelAfter(own.DrainTimeout)))
        {
            if (await CreateSchemaAsync(stoppingToken))
                await Task.WhenAll(Terminals(own).Select(terminal => terminal.RunAsync(stoppingToken, giveUp.Token)));
        }

        Log.Ended(logger, book.Totals.ToString());
        lifetime.StopApplication();
    }

    private List<Terminal> Terminals(WarehouseOptions own)
    {
        var topic = own.Topic ?? $"cdc.{_settings.Database}.public.stock_movements";
        var source = own.Source ?? $"/postgres/{_settings.Database}/public/stock_movements";
        var quota = new Quota(own.Count);
        return
        [
            .. Enumerable.Range(1, own.Terminals).Select(number => new Terminal(
                $"{_run}-t{number}", _settings.ConnectionString, new MovementPlan(own.Seed + number, own.Items, time), book.For($"{source}/{_run}-t{number}", topic),
                new Pace(own.MovementsPerSecond / own.Terminals, time), quota, telemetry, time, logger)),
        ];
    }

    private async Task<bool> CreateSchemaAsync(CancellationToken stop)
    {
        for (var isFirst = true; !stop.IsCancellationRequested; isFirst = false)
        {
            try
            {
                await using var connection = new NpgsqlConnection(_settings.ConnectionString);
                await connection.OpenAsync(stop);
                await StockSchema.CreateAsync(connection, stop);
                return true;
            }
            catch (NpgsqlException away)
            {
                if (isFirst)
                    Log.NoSchema(logger, away.Message);
            }
            catch (OperationCanceledException)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }
}
