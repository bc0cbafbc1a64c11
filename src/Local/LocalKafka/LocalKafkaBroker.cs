using System.Net.Sockets;
using EventSourcing.LocalKafka.Hosting;
using EventSourcing.LocalKafka.Security;

namespace EventSourcing.LocalKafka;

/// <summary>
/// A durable single-node broker that speaks the Kafka protocol, in this process. Any number of them may run beside each other.
/// </summary>
public sealed class LocalKafkaBroker : IAsyncDisposable
{
    private readonly LocalKafkaOptions _options;
    private readonly bool _isTemporary;
    private readonly FsyncPolicy _policy;
    private Dictionary<SecurityProtocol, string> _addresses = [];
    private BrokerRuntime? _running;

    private LocalKafkaBroker(LocalKafkaOptions options)
    {
        _options = options with { AdditionalListeners = [.. options.AdditionalListeners] };
        _isTemporary = options.DataDirectory is null;
        _policy = options.Fsync ?? (_isTemporary ? FsyncPolicy.Never : FsyncPolicy.Interval);
        DataDirectory = Path.GetFullPath(options.DataDirectory ?? Directory.CreateTempSubdirectory("local-kafka-").FullName);
        BootstrapServers = "";
    }

    /// <summary>Where clients connect: <c>127.0.0.1:port</c>. Stays the same over stops and restarts.</summary>
    public string BootstrapServers { get; private set; }

    /// <summary>Port the broker listens on.</summary>
    public int Port => _options.Port;

    /// <summary>PEM file of the certificate that clients of a listener with TLS have to trust.</summary>
    public string CertificateFile => BrokerCertificate.PathOf(_options.Security, DataDirectory);

    /// <summary>Folder of the log.</summary>
    public string DataDirectory { get; }

    /// <summary>Starts a broker on a free port of the loopback interface with its log in a temporary folder of its own, unless the options say otherwise.</summary>
    /// <param name="options">Options; copied, later changes have no effect.</param>
    /// <param name="stop">Ends the start.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="DataDirectoryException">The folder cannot be used, for instance because another broker has it.</exception>
    /// <exception cref="IOException">The certificate or the users' file cannot be read.</exception>
    /// <exception cref="InvalidDataException">The certificate or the users' file is not what it should be.</exception>
    /// <exception cref="SocketException">The port is taken or the address is not one of this machine.</exception>
    public static async Task<LocalKafkaBroker> StartAsync(LocalKafkaOptions? options = null, CancellationToken stop = default)
    {
        options ??= new LocalKafkaOptions();
        options.Validate();
        var broker = new LocalKafkaBroker(options);
        try
        {
            await broker.RestartAsync(stop);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where clients of that listener connect: <c>127.0.0.1:port</c>. Stays the same over stops and restarts.</summary>
    /// <exception cref="ArgumentException">The broker has no such listener.</exception>
    public string BootstrapServersOf(SecurityProtocol securityProtocol) => _addresses.TryGetValue(securityProtocol, out var address)
        ? address
        : throw new ArgumentException($"The broker has no {ListenerSettings.NameOf(securityProtocol)} listener; add one to AdditionalListeners.", nameof(securityProtocol));

    /// <summary>Stops the broker in an orderly way; folder and port are kept for <see cref="RestartAsync"/>. Does nothing when it is stopped.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _running, null) is { } running)
            await running.DisposeAsync();
    }

    /// <summary>Starts the broker again on the same folder and port, after stopping it if it runs.</summary>
    /// <exception cref="SocketException">Another process has taken the port meanwhile.</exception>
    public async Task RestartAsync(CancellationToken stop = default)
    {
        await StopAsync();
        var running = await Task.Run(() => BrokerRuntime.StartAsync(_options, DataDirectory, _policy), stop);
        _running = running;
        _options.Port = running.Ports[0];
        _options.AdditionalListeners = [.. _options.AdditionalListeners.Zip(running.Ports.Skip(1), (listener, port) => listener with { Port = port })];
        BootstrapServers = running.Identity.Listeners[0].BootstrapServers;
        _addresses = running.Identity.Listeners.ToDictionary(listener => listener.SecurityProtocol, listener => listener.BootstrapServers);
    }

    /// <summary>Stops the broker; a temporary folder is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_isTemporary && Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
    }

    /// <summary>Ends the broker as a killed process would end, for tests of what the next start finds.</summary>
    internal async Task AbandonAsync()
    {
        if (Interlocked.Exchange(ref _running, null) is { } running)
            await running.AbandonAsync();
    }
}
