using System.Net.Sockets;
using EventSourcing.Receipts;
using EventSourcing.Simulation;
using EventSourcing.Warehouse.Telemetry;
using Npgsql;

namespace EventSourcing.Warehouse.Stock;

/// <summary>
/// One terminal: a movement after the other at its pace. A COMMIT without answer is asked for in the table on the next connection; what is not there is written
/// again under the same number, and the primary key says if it was there after all.
/// </summary>
internal sealed class Terminal(
    string name, string connectionString, MovementPlan plan, SourceReceipts receipts, Pace pace, Quota quota, WarehouseTelemetry telemetry,
    TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private Movement? _open;
    private bool _mayBeCommitted;
    private long _last;

    /// <summary>Works until the stop or the end of the quota; the last answer is waited for until <paramref name="giveUp"/>.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        var delay = FirstDelay;
        while (!HasEnded(stop) && !giveUp.IsCancellationRequested)
        {
            var before = _last;
            if (await WorkAsync(stop, giveUp) is not { } reason)
                break;
            delay = _last > before ? FirstDelay : delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            Log.Away(logger, name, reason, delay);
            await Task.Delay(delay * (0.5 + (Random.Shared.NextDouble() / 2)), time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_open is { } unknown && _mayBeCommitted)
            receipts.Unanswered(unknown.Number);
    }

    private bool HasEnded(CancellationToken stop) => !_mayBeCommitted && (stop.IsCancellationRequested || (_open is null && quota.IsUsedUp));

    // Why it could not go on; null when it has ended.
    private async Task<string?> WorkAsync(CancellationToken stop, CancellationToken giveUp)
    {
        try
        {
            await using var database = await StockDatabase.OpenAsync(connectionString, giveUp);
            if (_mayBeCommitted && await database.HasAsync(name, _open!.Number, giveUp))
                Finish();
            _mayBeCommitted = false;                          // if it was not: written again below, under the same key
            while (!HasEnded(stop))
            {
                if (_open is null && quota.Take(1) == 0)
                    return null;
                _open ??= plan.Next(_last + 1, telemetry.StartTrace());
                await CommitAsync(database, _open, giveUp);
                Finish();
                await pace.TakeAsync(1, stop);
            }

            return null;
        }
        catch (PostgresException twice) when (twice.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            Finish();                                         // the COMMIT without answer came through after all
            return "an earlier COMMIT has come through";
        }
        catch (Exception failed) when (failed is NpgsqlException or SocketException or IOException or TimeoutException or InvalidOperationException)
        {
            return failed.GetBaseException().Message;
        }
        catch (OperationCanceledException)
        {
            return giveUp.IsCancellationRequested ? null : "stopped";
        }
    }

    private async Task CommitAsync(StockDatabase database, Movement movement, CancellationToken giveUp)
    {
        await using var transaction = await database.WriteAsync(name, movement, giveUp);
        _mayBeCommitted = true;
        await transaction.CommitAsync(giveUp);
    }

    private void Finish()
    {
        receipts.Spooled(_open!.Number);
        telemetry.Committed();
        _last = _open.Number;
        (_open, _mayBeCommitted) = (null, false);
    }
}
