using System.Net.Sockets;
using System.Security.Authentication;
using Amqp;
using EventSourcing.EventBackbone;
using EventSourcing.MqAdapter.Intake;
using EventSourcing.MqAdapter.Options;
using EventSourcing.MqAdapter.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.MqAdapter.Mq;

/// <summary>Keeps one connection to the broker, one after the other, until the stop.</summary>
internal sealed class MqSourceWorker(
    IOptions<MqOptions> options, MqAddress address, MessageIntake intake, MqSourceState state, MqAdapterTelemetry telemetry,
    TimeProvider time, ILogger<MqSourceWorker> logger) : BackgroundService
{
    private readonly IReadOnlyList<QueueBinding> _queues = QueueBinding.Of(options.Value);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var delay = new ReconnectDelay(options.Value.ReconnectDelay, options.Value.ReconnectDelayMax, Random.Shared);
        while (!stoppingToken.IsCancellationRequested)
        {
            var end = await ConnectAndRunAsync(delay, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
                return;
            var wait = delay.Next();
            state.Disconnected($"AMQP {address.Display}: {end}");
            Log.Disconnected(logger, address.Display, end, wait);
            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> ConnectAndRunAsync(ReconnectDelay delay, CancellationToken stop)
    {
        try
        {
            var connection = await MqConnection.OpenAsync(address, options.Value, _queues, intake, telemetry, stop);
            Log.Receiving(logger, string.Join(", ", _queues.Select(static queue => queue.Options.Name)), address.Display);
            telemetry.Connected();
            state.Connected(connection);
            var end = await connection.RunAsync(stop);
            if (connection.HasAccepted)
                delay.Reset();
            return end;
        }
        catch (Exception failed) when (failed is AmqpException or SocketException or IOException or TimeoutException or AuthenticationException
            or InvalidOperationException)
        {
            return failed.GetBaseException().Message;
        }
        catch (OperationCanceledException)
        {
            return "the broker did not answer in time";
        }
    }
}
