using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Orchestrator;

/// <summary>A port of <c>localhost</c>, by IPv4 and IPv6.</summary>
internal static class LoopbackPort
{
    /// <summary>Whether a socket has the port, or the system keeps it for itself.</summary>
    public static bool IsTaken(int port) => IsTaken(IPAddress.Loopback, port) || IsTaken(IPAddress.IPv6Loopback, port);

    private static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var probe = new TcpListener(address, port);
            probe.Start();
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;    // any other: there is no IPv6
        }
    }
}
