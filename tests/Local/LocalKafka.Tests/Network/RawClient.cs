using System.Buffers.Binary;
using System.Net.Sockets;

namespace EventSourcing.LocalKafka.Tests.Network;

/// <summary>A socket that sends what it likes.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawClient(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    public static async Task<RawClient> ConnectAsync(int port, CancellationToken stop)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, stop);
        return new RawClient(client);
    }

    public async Task SendAsync(byte[] bytes, CancellationToken stop) => await _stream.WriteAsync(bytes, stop);

    public Task SendFrameAsync(byte[] frame, CancellationToken stop)
    {
        var bytes = new byte[frame.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, frame.Length);
        frame.CopyTo(bytes, 4);
        return SendAsync(bytes, stop);
    }

    /// <summary>Sends as far as the broker listens.</summary>
    public async Task TrySendAsync(byte[] bytes, CancellationToken stop)
    {
        try
        {
            await SendAsync(bytes, stop);
        }
        catch (IOException)
        {
            // It has closed the connection already.
        }
    }

    public void EndSending()
    {
        try
        {
            _client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The broker has closed the connection already.
        }
    }

    public async Task<byte[]> ReceiveFrameAsync(CancellationToken stop)
    {
        var length = new byte[4];
        await _stream.ReadExactlyAsync(length, stop);
        var frame = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
        await _stream.ReadExactlyAsync(frame, stop);
        return frame;
    }

    /// <summary>Reads until the broker closes; returns how many bytes came.</summary>
    public async Task<long> DrainAsync(CancellationToken stop)
    {
        var buffer = new byte[8_192];
        long total = 0;
        try
        {
            while (await _stream.ReadAsync(buffer, stop) is var read and > 0)
                total += read;
        }
        catch (IOException)
        {
            // Closed with data of ours unread: the socket is reset rather than ended.
        }

        return total;
    }

    public void Dispose() => _client.Dispose();
}
