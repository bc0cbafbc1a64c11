using System.Net.Sockets;

namespace EventSourcing.Benchmarks.Processes;

/// <summary>Whether something accepts connections on a loopback port.</summary>
internal static class Listening
{
    public static bool On(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
