using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Security;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Network;

/// <summary>Accepts connections and runs them until it is disposed of.</summary>
internal sealed class BrokerListener : IAsyncDisposable
{
    private const int Backlog = 512;
    private readonly Socket _socket;
    private readonly int _maxConnections;
    private readonly TimeSpan _maxIdle;
    private readonly TimeProvider _time;
    private readonly FrameLimits _limits;
    private readonly ILogger _logger;
    private readonly ListenerSettings _settings;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Task, OpenConnection> _connections = new();
    private TlsServer? _tls;
    private UserStore? _users;
    private Task _accepting = Task.CompletedTask;
    private IntervalWorker? _idle;

    /// <exception cref="SocketException">The address cannot be bound: the port is taken, or the address is not one of this machine.</exception>
    public BrokerListener(ListenerSettings settings, LocalKafkaOptions options, FrameLimits limits, ILogger logger)
    {
        var address = settings.Address;
        (_maxConnections, _maxIdle, _time) = (options.MaxConnections, options.ConnectionsMaxIdle, options.TimeProvider);
        (_settings, _limits, _logger) = (settings, limits, logger);
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(address);
            Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Asked of the socket once: a connection may begin when the socket is closed already.</summary>
    public int Port { get; }

    public AdvertisedListener Advertised => new(_settings.SecurityProtocol, _settings.AdvertisedHost, _settings.AdvertisedPort > 0 ? _settings.AdvertisedPort : Port);

    /// <param name="dispatcher">Answers requests.</param>
    /// <param name="tls">For a listener with TLS.</param>
    /// <param name="users">For a listener with SASL.</param>
    public void Start(RequestDispatcher dispatcher, TlsServer? tls, UserStore? users)
    {
        _tls = _settings.UsesTls ? tls : null;
        _users = _settings.UsesSasl ? users : null;
        _socket.Listen(Backlog);
        _accepting = AcceptAsync(dispatcher, _stopping.Token);
        _idle = new IntervalWorker("idle connections", _maxIdle / 2, _time, _ => CloseIdle(), _logger);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _socket.Dispose();
        await _accepting;
        if (_idle is not null)
            await _idle.DisposeAsync();
        await Task.WhenAll(_connections.Keys).WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var open in _connections.Values)
            open.Socket.Dispose();
        await Task.WhenAll(_connections.Keys);
        _stopping.Dispose();
    }

    private async Task AcceptAsync(RequestDispatcher dispatcher, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await _socket.AcceptAsync(stop);
                if (_connections.Count < _maxConnections)
                    Serve(socket, dispatcher, stop);
                else
                    Refuse(socket);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // The peer was gone before it was accepted, or files ran out: the next one may fare better.
                Log.AcceptFailed(_logger, exception);
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
        }
    }

    private void Serve(Socket socket, RequestDispatcher dispatcher, CancellationToken stop)
    {
        var activity = new ConnectionActivity(_time);
        var running = Task.Run(() => RunAsync(socket, dispatcher, activity, stop), CancellationToken.None);
        _connections[running] = new OpenConnection(socket, activity);
        running.ContinueWith(static (done, all) => ((ConcurrentDictionary<Task, OpenConnection>)all!).TryRemove(done, out _), _connections, TaskScheduler.Default);
    }

    private async Task RunAsync(Socket socket, RequestDispatcher dispatcher, ConnectionActivity activity, CancellationToken stop)
    {
        using (socket)
        {
            if (TryPrepare(socket) is not { } peer)
                return;
            await using var network = new NetworkStream(socket, ownsSocket: false);
            await using var secured = _tls is null ? null : await _tls.TryOpenAsync(network, $"{peer}", stop);
            if ((_tls is null ? network : (Stream?)secured) is { } stream)
                await new Connection(stream, $"{peer}", $"/{peer.Address}", new ClientSession(Advertised, _users), dispatcher, _limits, activity, _logger).RunAsync(stop);
        }
    }

    private IPEndPoint? TryPrepare(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            return (IPEndPoint?)socket.RemoteEndPoint;
        }
        catch (SocketException exception)
        {
            Log.AcceptFailed(_logger, exception);             // the peer has gone already
            return null;
        }
    }

    private void Refuse(Socket socket)
    {
        Log.TooManyConnections(_logger, _maxConnections);
        socket.Dispose();
    }

    private void CloseIdle()
    {
        foreach (var open in _connections.Values.Where(open => open.Activity.IdleTime >= _maxIdle))
            open.Socket.Dispose();
    }

    private sealed record OpenConnection(Socket Socket, ConnectionActivity Activity);
}
