using System.Net.Sockets;
using Confluent.Kafka;
using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Options;
using EventSourcing.PostgresCdc.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>Keeps one capture session, one after the other, until the stop. Each begins where the stored position and the topics say.</summary>
internal sealed class CaptureWorker(
    CaptureSessionFactory sessions, PostgresServer server, CaptureState state, IOptions<CdcOptions> options, TimeProvider time, ILogger<CaptureWorker> logger)
    : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay(options.Value.ReconnectDelay, options.Value.ReconnectDelayMax, Random.Shared);
        var wasStandby = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var (end, hasWorked) = await RunAsync(stoppingToken);
            if (stoppingToken.IsCancellationRequested)
                return;
            if (hasWorked)
                delay.Reset();
            var wait = end is null ? options.Value.ReconnectDelayMax / 5 : delay.Next();
            if (end is not null)
            {
                state.Disconnected($"PostgreSQL {server.Display}: {end}");
                Log.Disconnected(logger, server.Display, end, wait);
            }
            else if (!wasStandby)
            {
                Log.Standby(logger, options.Value.Slot);
            }

            wasStandby = end is null;
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Why the session ended; null when another instance is active.
    private async Task<(string? End, bool HasWorked)> RunAsync(CancellationToken stop)
    {
        CaptureSession? session = null;
        try
        {
            await using var connection = await server.OpenAsync(stop);
            if (!await SlotQueries.TryLockAsync(connection, options.Value.Slot, stop))
            {
                state.Standby();
                return (null, false);
            }

            session = sessions.Create(connection);
            return (await session.RunAsync(stop), session.HasStreamed);
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            state.Standby();                                  // somebody who does not know the lock consumes the slot
            return (null, false);
        }
        catch (Exception failed) when (failed is NpgsqlException or SocketException or IOException or TimeoutException or KafkaException or CaptureException
            or ObjectDisposedException or InvalidOperationException)
        {
            return (failed.GetBaseException().Message, session?.HasStreamed == true);
        }
        catch (OperationCanceledException)
        {
            return ("stopped", session?.HasStreamed == true);
        }
    }
}
