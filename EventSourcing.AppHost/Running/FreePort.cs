using System.Net;
using System.Net.Sockets;

namespace EventSourcing.AppHost.Running;

/// <summary>
/// A loopback port nobody listens on, for servers whose clients must reach them without a proxy. It lies below the ports that systems give
/// to outgoing connections and to listeners on port 0 (Linux 32768 to 60999, IANA 49152 to 65535): nobody else gets it before the server, or while the server is away.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int End = 32_000;

    private static readonly HashSet<int> Taken = [];

    public static int Take()
    {
        lock (Taken)
        {
            var port = Enumerable.Range(First, End - First).Shuffle().First(port => !Taken.Contains(port) && IsFree(port));
            Taken.Add(port);
            return port;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }
}
