using EventSourcing.Fulfillment.Options;
using EventSourcing.Fulfillment.State;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.Fulfillment.Outbox;

/// <summary>
/// Moves steps from the outbox to Kafka in the order of their numbers. One replica does, the one that holds the lock; its lock, its reads and its notes share one
/// connection. After every interruption it begins again from what is noted; what it may have stored before is marked.
/// </summary>
internal sealed class StepRelay(
    Database database, StepPublisher publisher, ServiceState state, IOptions<OutboxOptions> options, TimeProvider time, ILogger<StepRelay> logger) : BackgroundService
{
    /// <summary>The channel of LISTEN and NOTIFY.</summary>
    public const string Channel = "fulfillment_outbox";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.WhenReadyAsync(stoppingToken);
        using var giveUp = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => giveUp.CancelAfter(options.Value.DrainTimeout));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RelayAsync(stoppingToken, giveUp.Token);
            }
            catch (Exception failure) when (Database.IsAway(failure))
            {
                Log.RelayInterrupted(logger, failure.Message);
                await Task.Delay(options.Value.RetryDelay, time, stoppingToken);
            }
        }
    }

    private async Task RelayAsync(CancellationToken stop, CancellationToken giveUp)
    {
        await using var connection = await database.OpenDedicatedAsync(stop);
        await using (var attempt = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Schema.RelayLock})", connection))
        {
            while (await attempt.ExecuteScalarAsync(stop) is not true)
                await Task.Delay(options.Value.RetryDelay, time, stop);
        }

        var isWoken = false;
        connection.Notification += (_, _) => isWoken = true;
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            isWoken = false;
            if (await RelayBatchAsync(connection, giveUp) == 0 && !isWoken)
                await connection.WaitAsync(options.Value.PollInterval, stop);
        }
    }

    private async Task<int> RelayBatchAsync(NpgsqlConnection connection, CancellationToken giveUp)
    {
        var steps = await OutboxLog.ReadAsync(connection, options.Value.BatchEvents, giveUp);
        if (steps.Count == 0)
            return 0;
        await OutboxLog.NoteAttemptedAsync(connection, steps[^1].Sequence, giveUp);
        await publisher.PublishAsync(steps, giveUp);
        await OutboxLog.NoteStoredAsync(connection, steps[^1].Sequence, giveUp);
        return steps.Count;
    }
}
