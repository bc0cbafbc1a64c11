using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Security;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Network;

/// <summary>
/// One client connection. As in Kafka its requests are handled one after the other, so responses are in order; what a client sends ahead waits
/// in the socket.
/// </summary>
internal sealed class Connection(Stream stream, string peer, string clientHost, ClientSession session, RequestDispatcher dispatcher, FrameLimits limits, ConnectionActivity activity, ILogger logger)
{
    /// <summary>Serves requests until the peer closes, sends something that cannot be read, or the broker stops.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var frames = new FrameReader(stream, limits);
        frames.MaxBytes = session.IsAuthenticated ? limits.MaxBytes : Math.Min(limits.MaxBytes, ClientSession.MaxBytesBeforeAuthentication);
        using var response = new KafkaWriter();
        var request = new KafkaRequest(new KafkaReader(), response, session, clientHost);
        try
        {
            await ServeAsync(frames, request, new ResponseSender(stream), ended, stop);
        }
        catch (InvalidRequestException exception)
        {
            Log.ConnectionRefused(logger, peer, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException && !request.IsInHandler)
        {
            Log.ConnectionLost(logger, peer, exception.Message);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            Log.ConnectionLost(logger, peer, stop.IsCancellationRequested ? "the broker is stopping" : "the client has gone");
        }
        catch (Exception exception)
        {
            // A defect or a failing disk ends this connection, never the broker; the client sees a lost connection and tries again.
            Log.RequestFailed(logger, exception, request.ApiKey, request.Version, peer);
        }
    }

    private static async Task SendAsync(KafkaRequest request, ResponseSender sender, CancellationToken stop)
    {
        if (!request.HasResponse)
            return;
        request.Response.EndFrame();
        await sender.SendAsync(request.Response, stop);
    }

    private async Task ServeAsync(FrameReader frames, KafkaRequest request, ResponseSender sender, CancellationTokenSource ended, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await frames.ReadAsync(stop) is { } frame)
        {
            activity.Touch();
            request.IsInHandler = true;
            var handling = dispatcher.DispatchAsync(request, frame, ended.Token);
            if (!handling.IsCompleted)
                frames.WatchPeer(ended);
            await handling;
            request.IsInHandler = false;
            if (session.IsAuthenticated)
                frames.MaxBytes = limits.MaxBytes;
            frames.Release();
            await SendAsync(request, sender, stop);
            activity.Touch();
            request.Response.Reset();
            if (request.ClosesConnection)
                return;
        }
    }
}
