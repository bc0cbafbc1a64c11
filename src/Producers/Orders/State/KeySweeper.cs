using EventSourcing.Orders.Options;
using EventSourcing.Orders.Outbox;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.Orders.State;

/// <summary>Forgets the answers to old idempotency keys, some at a time.</summary>
internal sealed class KeySweeper(Database database, OutboxState state, IOptions<OrdersOptions> options, TimeProvider time) : BackgroundService
{
    private const int AtATime = 5_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await SweepAsync(stoppingToken) == AtATime) ;
            }
            catch (DatabaseAwayException)
            {
                // The monitor says so; the keys can wait.
            }
        }
    }

    /// <summary>Deletes up to a fixed number of keys that have lived long enough; returns how many.</summary>
    public Task<int> SweepAsync(CancellationToken stop) => database.RunAsync(async connection =>
    {
        await using var delete = new NpgsqlCommand(
            $"""
            DELETE FROM orders.idempotency_keys WHERE key IN (
                SELECT key FROM orders.idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT {AtATime} FOR UPDATE SKIP LOCKED)
            """,
            connection)
        { Parameters = { new() { Value = time.GetUtcNow() - options.Value.KeyLifetime } } };
        return await delete.ExecuteNonQueryAsync(stop);
    }, stop);
}
