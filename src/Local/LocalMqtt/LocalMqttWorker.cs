using System.Net;
using Microsoft.Extensions.Options;
using MQTTnet.Server;

namespace EventSourcing.LocalMqtt;

/// <summary>
/// Hosts MQTTnet's server on loopback: enough MQTT 5 for a machine that has neither containers nor mosquitto. Sessions live in memory.
/// </summary>
internal sealed class LocalMqttWorker(IOptions<LocalMqttOptions> options, ILogger<LocalMqttWorker> logger) : IHostedService
{
    private readonly MqttServer _server = Create(options.Value);

    /// <summary>Listens; a port that is taken stops the start with the port's number in the message.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server.ValidatingConnectionAsync += static connection =>
        {
            connection.AssignedClientIdentifier = $"auto-{Guid.NewGuid():N}"; // for a client that names none (MQTT 5 §3.1.3.1); else without effect
            return Task.CompletedTask;
        };
        _server.ApplicationMessageEnqueuedOrDroppedAsync += message =>
        {
            if (message.IsDropped)
                Log.Dropped(logger, message.ReceiverClientId, options.Value.MaxQueued);
            return Task.CompletedTask;
        };
        try
        {
            await _server.StartAsync();
        }
        catch (System.Net.Sockets.SocketException taken)
        {
            throw new InvalidOperationException($"Port {options.Value.Port} cannot be opened: {taken.Message}. Choose another with --port.", taken);
        }

        Log.Listening(logger, options.Value.Port);
        Log.Limits(logger, options.Value.MaxQueued);
    }

    /// <summary>Disconnects every client; their sessions end with this process.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _server.StopAsync();
        _server.Dispose();
    }

    private static MqttServer Create(LocalMqttOptions options) => new MqttServerFactory().CreateMqttServer(new MqttServerOptionsBuilder()
        .WithDefaultEndpoint()
        .WithDefaultEndpointBoundIPAddress(IPAddress.Loopback)
        .WithDefaultEndpointBoundIPV6Address(IPAddress.None)
        .WithDefaultEndpointPort(options.Port)
        .WithPersistentSessions(true)
        .WithMaxPendingMessagesPerClient(options.MaxQueued)
        .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropNewMessage)
        .Build());
}
