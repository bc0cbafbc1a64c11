using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace EventSourcing.LocalMq;

/// <summary>Hosts the broker as a program.</summary>
internal sealed class LocalMqWorker(IOptions<LocalMqOptions> options, ILoggerFactory loggers, ILogger<LocalMqWorker> logger) : IHostedService
{
    /// <summary>The broker; null before the start.</summary>
    public LocalMqBroker? Broker { get; private set; }

    /// <summary>Opens the folder and listens; what cannot work stops the start with a message that names it.</summary>
    /// <exception cref="InvalidOperationException">The port or the folder cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Broker = await LocalMqBroker.StartAsync(options.Value, loggers, cancellationToken);
        }
        catch (SocketException taken)
        {
            throw new InvalidOperationException($"Port {options.Value.Port} cannot be opened: {taken.Message}. Choose another with --port.", taken);
        }

        Log.Listening(logger, Broker.Address, Broker.DataDirectory);
        Log.Limits(logger, options.Value.MaxBytes);
    }

    /// <summary>Closes every connection; what is not settled stays in its queue.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Broker is not null)
            await Broker.DisposeAsync();
    }
}
