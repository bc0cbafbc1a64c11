using System.Globalization;
using System.Net.Sockets;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.TestKit.Mqtt;

/// <summary>A private mosquitto: the MQTT broker that was not written here, on a free loopback port with a folder of its own.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    private readonly TempFolder _folder = new("mosquitto");
    private readonly string _configuration;
    private TestProcess? _process;

    private Mosquitto(int port)
    {
        Port = port;
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data"));
        _configuration = _folder.File("mosquitto.conf");
    }

    public int Port { get; }

    /// <summary><c>mqtt://127.0.0.1:port</c>; kept over restarts.</summary>
    public string Address => $"mqtt://127.0.0.1:{Port}";

    /// <summary>Starts a broker that keeps sessions and queued messages on disk; returns once it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">There is no mosquitto on this machine.</exception>
    public static async Task<Mosquitto> StartAsync(CancellationToken stop = default)
    {
        var broker = new Mosquitto(FreePort.Next());
        try
        {
            await File.WriteAllTextAsync(
                broker._configuration,
                $"""
                listener {broker.Port} 127.0.0.1
                allow_anonymous true
                persistence true
                persistence_location {broker._folder.Path}/data/
                autosave_interval 1
                max_inflight_messages 1000
                max_queued_messages 0
                set_tcp_nodelay true
                user {Environment.UserName}

                """,
                stop);
            await broker.RestartAsync(stop);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts again on the same port and data after <see cref="StopAsync"/>.</summary>
    public async Task RestartAsync(CancellationToken stop = default)
    {
        await StopAsync(stop);
        _process = TestProcess.Start(Tools.Need(Tools.Mosquitto, Requires.MosquittoReason), ["-c", _configuration]);
        await Eventually.TrueAsync(CanConnectAsync, "mosquitto accepts connections", stop: stop);
    }

    /// <summary>SIGTERM: sessions and messages are saved.</summary>
    public async Task StopAsync(CancellationToken stop = default)
    {
        if (_process is null)
        {
            return;
        }

        await _process.StopAsync(stop: stop);
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Publishes by mosquitto_pub, QoS 1: an MQTT client that was not written here.</summary>
    /// <param name="topic">Topic.</param>
    /// <param name="arguments">Further arguments: <c>-m</c> and the payload, <c>-V 311</c>, <c>-D publish user-property ...</c>.</param>
    /// <param name="input">Standard input, for <c>-l</c> (a message per line) and <c>-s</c> (all of it).</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task PublishAsync(string topic, IEnumerable<string> arguments, string? input = null, CancellationToken stop = default) =>
        (await ProcessRunner.RunAsync(
            Tools.Need(Tools.MosquittoPub, Requires.MosquittoClientsReason),
            ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", topic, .. arguments],
            input,
            stop: stop)).EnsureSuccess();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<bool> CanConnectAsync(CancellationToken stop)
    {
        if (_process is { HasExited: true })
        {
            throw new InvalidOperationException($"mosquitto ended at once:\n{_process.Output}");
        }

        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", Port, stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
