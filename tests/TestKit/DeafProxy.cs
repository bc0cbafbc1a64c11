using System.Net;
using System.Net.Sockets;

namespace EventSourcing.TestKit;

/// <summary>
/// A TCP proxy on a free loopback port that can swallow what the server says while it still passes on what clients say: so a server does its
/// work and nobody hears of it, as when it dies between the work and the answer.
/// </summary>
public sealed class DeafProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile bool _isDeaf;
    private long _swallowedBytes;

    public DeafProxy()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public int Port { get; }

    /// <summary><c>host:port</c> where clients connect.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Where the server listens; set before the first client comes.</summary>
    public int ServerPort { get; set; }

    /// <summary>Bytes from the server that no client got.</summary>
    public long SwallowedBytes => Interlocked.Read(ref _swallowedBytes);

    /// <summary>From now on clients hear nothing. A connection that has lost bytes stays so until its server closes it.</summary>
    public void Deafen() => _isDeaf = true;

    /// <summary>New connections pass both ways again.</summary>
    public void Hear() => _isDeaf = false;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(client, _stop.Token);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stop)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, ServerPort, stop);
            near.NoDelay = far.NoDelay = true;
            await await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), stop),
                HearAsync(far.GetStream(), near.GetStream(), stop));
        }
        catch (Exception over) when (over is IOException or SocketException or OperationCanceledException)
        {
            // One of the two has closed: both connections end.
        }
    }

    private async Task HearAsync(NetworkStream server, NetworkStream client, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        for (var lost = false; await server.ReadAsync(buffer, stop) is > 0 and var count;)
        {
            lost |= _isDeaf;
            if (lost)
                Interlocked.Add(ref _swallowedBytes, count);
            else
                await client.WriteAsync(buffer.AsMemory(0, count), stop);
        }
    }
}
