using System.Net;
using System.Net.Sockets;

namespace EventSourcing.TestKit;

/// <summary>
/// Loopback ports for programs that cannot choose one themselves (those that can should be given port 0). They lie below the ports that systems
/// give to outgoing connections and to listeners on port 0 (Linux 32768 to 60999, IANA 49152 to 65535), so that a busy machine does not take them first.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int End = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <summary>A port that was free a moment ago.</summary>
    public static int Next() => Next(1)[0];

    /// <summary>Different ports that were all free a moment ago; this process is given none of them again.</summary>
    public static int[] Next(int count)
    {
        lock (Given)
        {
            return [.. Enumerable.Range(First, End - First).Shuffle().Where(port => !Given.Contains(port) && IsFree(port)).Take(count).Where(Given.Add)];
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
