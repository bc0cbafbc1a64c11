using EventSourcing.Orders.Options;
using EventSourcing.Orders.State;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.Orders.Outbox.Table;

/// <summary>
/// Moves events from the table to Kafka, oldest first. One replica does, the one that holds the lock; its lock, its reads and its notes share one connection,
/// so whoever has lost the lock can note nothing any more.
/// </summary>
internal sealed class TableRelay(Database database, RelayPublisher publisher, IOptions<OutboxOptions> options, TimeProvider time) : IRelay
{
    /// <inheritdoc/>
    public Action<RelayStep>? Reached { get; set; }

    /// <inheritdoc/>
    public async Task RelayAsync(CancellationToken stop, CancellationToken giveUp)
    {
        await using var connection = await database.OpenDedicatedAsync(stop);
        while (!await TryLockAsync(connection, stop))
            await Task.Delay(options.Value.RetryDelay, time, stop);
        var isWoken = false;
        connection.Notification += (_, _) => isWoken = true;
        await using (var listen = new NpgsqlCommand($"LISTEN {RelayBell.ChannelName}", connection))
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
        Reached?.Invoke(RelayStep.Taken);
        var rows = await OutboxRows.TakeAsync(connection, options.Value.BatchEvents, giveUp);
        if (rows.Events.Count == 0)
            return 0;
        Reached?.Invoke(RelayStep.Noted);
        await publisher.PublishAsync(rows.Events, giveUp);
        Reached?.Invoke(RelayStep.Stored);
        await OutboxRows.DeleteAsync(connection, rows, giveUp);
        Reached?.Invoke(RelayStep.Done);
        return rows.Events.Count;
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var attempt = new NpgsqlCommand($"SELECT pg_try_advisory_lock({Schema.RelayLock})", connection);
        return await attempt.ExecuteScalarAsync(stop) is true;
    }
}
