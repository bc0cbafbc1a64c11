using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EventSourcing.TestKit.Net;

/// <summary>
/// Passes connections on to a server until they are cut: what a client sees when the network or the machine behind it dies. It can also swallow
/// what the server says: then the server does its work and nobody hears of it, as when it dies between the work and the answer.
/// </summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, byte> _sockets = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile bool _isRefusing;
    private volatile bool _isDeaf;
    private long _swallowedBytes;
    private int _connections;

    /// <param name="target">Port of the server on the loopback interface; 0 when it is set later.</param>
    public TcpRelay(int target = 0)
    {
        Target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary><c>host:port</c> where clients connect.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Port of the server on the loopback interface, for connections to come.</summary>
    public int Target { get; set; }

    /// <summary>Bytes from the server that no client got.</summary>
    public long SwallowedBytes => Interlocked.Read(ref _swallowedBytes);

    /// <summary>Connections passed on so far, count.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Hears what clients send: the number of the connection, counted from 1, and the bytes. Called on many threads.</summary>
    public Action<int, ReadOnlyMemory<byte>>? Sent { get; init; }

    /// <summary>Resets every connection, both ways.</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Keys)
        {
            _sockets.TryRemove(socket, out _);
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (ObjectDisposedException)
            {
                // Its other half was cut, and it ended by itself.
            }

            socket.Dispose();
        }
    }

    /// <summary>Cuts, and closes every new connection until <see cref="Restore"/>.</summary>
    public void Refuse()
    {
        _isRefusing = true;
        Cut();
    }

    /// <summary>Passes new connections on again.</summary>
    public void Restore() => _isRefusing = false;

    /// <summary>From now on clients hear nothing. A connection that has lost bytes stays so until it ends.</summary>
    public void Deafen() => _isDeaf = true;

    /// <summary>New connections pass both ways again.</summary>
    public void Hear() => _isDeaf = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Cut();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                if (_isRefusing)
                    client.Dispose();
                else
                    _ = PassAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task PassAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        _sockets[client] = _sockets[server] = 0;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, Target);
            var number = Interlocked.Increment(ref _connections);
            await Task.WhenAny(CopyAsync(client, server, bytes => Sent?.Invoke(number, bytes)), CopyAsync(server, client, sent: null));
        }
        catch (SocketException)
        {
            // There is no server: the client sees its connection end.
        }

        foreach (var socket in new[] { client, server })
        {
            _sockets.TryRemove(socket, out _);
            socket.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to, Action<ReadOnlyMemory<byte>>? sent)
    {
        var buffer = new byte[65_536];
        try
        {
            for (var lost = false; await from.ReceiveAsync(buffer) is > 0 and var read;)
            {
                sent?.Invoke(buffer.AsMemory(0, read));
                lost |= sent is null && _isDeaf;
                if (lost)
                    Interlocked.Add(ref _swallowedBytes, read);
                for (var passed = lost ? read : 0; passed < read;)
                    passed += await to.SendAsync(buffer.AsMemory(passed, read - passed));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut, or ended by a side.
        }
    }
}
