using EventSourcing.Orders.Options;
using EventSourcing.Orders.State;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Outbox;

/// <summary>Keeps the relay going: after every interruption it begins again from what the database has noted.</summary>
internal sealed class RelayWorker(
    IRelay relay, OutboxState state, IOptions<OutboxOptions> options, TimeProvider time, ILogger<RelayWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.WhenReadyAsync(stoppingToken);
        using var giveUp = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => giveUp.CancelAfter(options.Value.DrainTimeout));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await relay.RelayAsync(stoppingToken, giveUp.Token);
            }
            catch (Exception failure) when (Database.IsAway(failure))
            {
                Log.RelayInterrupted(logger, failure.Message);
                await Task.Delay(options.Value.RetryDelay, time, stoppingToken);
            }
        }
    }
}
