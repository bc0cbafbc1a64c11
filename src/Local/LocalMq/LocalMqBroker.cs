using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Listener;
using EventSourcing.LocalMq.Links;
using EventSourcing.LocalMq.Queues;
using EventSourcing.LocalMq.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.LocalMq;

/// <summary>A durable AMQP 1.0 queue broker in this process. Any number of them may run beside each other.</summary>
public sealed class LocalMqBroker : IAsyncDisposable
{
    private const uint IdleTimeoutMilliseconds = 60_000;
    private static readonly TimeSpan RoomInterval = TimeSpan.FromMilliseconds(50);

    private readonly LocalMqOptions _options;
    private readonly bool _isTemporary;
    private readonly FileStream _lease;
    private readonly ConnectionListener _listener;
    private readonly StoreWriter _writer;
    private readonly MessageReader _reader;
    private readonly QueueSet _queues;
    private readonly Timer _room;

    private LocalMqBroker(LocalMqOptions options, string folder, ILogger logger)
    {
        (_options, DataDirectory, _isTemporary) = (options, folder, options.DataDirectory is null);
        _lease = new FileStream(Path.Combine(folder, "lease"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        var path = Path.Combine(folder, "messages.db");
        var store = new MessageStore(path);
        _reader = new MessageReader(path);
        _writer = new StoreWriter(store, logger);
        var settings = new QueueSettings(_writer, _reader, new ByteBudget(options.MaxBytes), new ByteBudget(options.CacheBytes), logger);
        _queues = new QueueSet(settings, options.MaxQueues);
        var (messages, lastId) = _queues.Recover(store);
        Log.Recovered(logger, messages, _queues.All.Count, store.WasUnclean);
        var container = new LinkContainer(_queues, new Intake(settings, options, lastId), options);
        _listener = new ConnectionListener(new Address("127.0.0.1", options.Port, null, null, "/", "amqp"), container);
        _listener.SASL.EnableAnonymousMechanism = true;
        _listener.AMQP.IdleTimeout = (int)IdleTimeoutMilliseconds;
        _listener.AMQP.ContainerId = "local-mq";
        _room = new Timer(_ => container.GrantAll(), null, RoomInterval, RoomInterval);
    }

    /// <summary>Where clients connect: <c>amqp://127.0.0.1:port</c>.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"amqp://127.0.0.1:{_options.Port}");

    /// <summary>Port the broker listens on.</summary>
    public int Port => _options.Port;

    /// <summary>Folder of the messages.</summary>
    public string DataDirectory { get; }

    /// <summary>Starts a broker on the loopback interface.</summary>
    /// <param name="options">Options; copied, later changes have no effect.</param>
    /// <param name="loggers">Where its log goes; null for nowhere.</param>
    /// <param name="stop">Ends the start.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    /// <exception cref="InvalidOperationException">The folder cannot be used; the message says why.</exception>
    public static Task<LocalMqBroker> StartAsync(LocalMqOptions? options = null, ILoggerFactory? loggers = null, CancellationToken stop = default)
    {
        var own = (options ?? new LocalMqOptions()) with { };
        var folder = Path.GetFullPath(own.DataDirectory ?? Directory.CreateTempSubdirectory("local-mq-").FullName);
        var logger = (ILogger?)loggers?.CreateLogger<LocalMqBroker>() ?? NullLogger.Instance;
        return Task.Run(
            async () =>
            {
                own.Port = Probe(own.Port);
                var broker = Open(own, folder, logger);
                try
                {
                    broker._listener.Open();
                    return broker;
                }
                catch
                {
                    await broker.DisposeAsync();
                    throw;
                }
            },
            stop);
    }

    /// <summary>The queues a moment ago.</summary>
    public IReadOnlyList<QueueState> GetQueues() => [.. _queues.All.Select(static queue => queue.State)];

    /// <summary>Why messages cannot be taken; null when they can.</summary>
    public string? FindProblem() => _writer.Problem;

    /// <summary>Closes every connection; what is not settled stays in its queue. A temporary folder is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        _listener.Close();
        await Task.WhenAll(_queues.All.Select(static queue => queue.StopAsync()));
        await Task.Run(_writer.Dispose);
        _reader.Dispose();
        await _lease.DisposeAsync();
        if (_isTemporary && Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
    }

    private static LocalMqBroker Open(LocalMqOptions options, string folder, ILogger logger)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new LocalMqBroker(options, folder, logger);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new InvalidOperationException($"The folder {folder} cannot be used: {unusable.Message} Choose another with --data.", unusable);
        }
    }

    // The library's listener shares its port with others, so whether the port is free has to be asked before.
    private static int Probe(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
