using System.Net;
using System.Net.Sockets;

namespace EventSourcing.AppHost.Running;

/// <summary>A loopback port nobody listens on, for servers whose clients must reach them without a proxy.</summary>
internal static class FreePort
{
    private static readonly HashSet<int> Taken = [];

    public static int Take()
    {
        lock (Taken)
        {
            for (; ; )
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (Taken.Add(port))
                    return port;
            }
        }
    }
}
