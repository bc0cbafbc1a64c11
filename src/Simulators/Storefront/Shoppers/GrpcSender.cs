using EventSourcing.CloudEvents.Protobuf;
using EventSourcing.Storefront.Events;
using EventSourcing.WebEvents.V1;
using Google.Rpc;
using Grpc.Core;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>One bidirectional stream to the gRPC collector, opened when needed and again after it broke.</summary>
internal sealed class GrpcSender(Collector.CollectorClient collector) : IEventSender
{
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);
    private AsyncDuplexStreamingCall<EventMessage, Receipt>? _stream;

    public async Task<SendAnswer[]> SendAsync(IReadOnlyList<NumberedEvent> events, CancellationToken stop)
    {
        var answers = new List<SendAnswer>(events.Count);
        try
        {
            _stream ??= collector.PublishStream(cancellationToken: CancellationToken.None);
            var writing = WriteAsync(_stream, events, stop);
            while (answers.Count < events.Count && await _stream.ResponseStream.MoveNext(stop))
                answers.Add(ToAnswer(_stream.ResponseStream.Current));
            if (answers.Count == events.Count)
                await writing;                                // a stream that has ended may leave it waiting for ever
        }
        catch (Exception failure) when (failure is RpcException or OperationCanceledException or IOException or InvalidOperationException)
        {
            Close();
            Fill(answers, events.Count, ToAnswer(failure));
        }

        if (answers.Count < events.Count)
        {
            Close();
            Fill(answers, events.Count, new SendAnswer(SendStatus.Unanswered, default, "The stream ended without a receipt."));
        }

        return [.. answers];
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is { } stream)
        {
            using var patience = new CancellationTokenSource(Reconnect);
            try
            {
                await stream.RequestStream.CompleteAsync();
                await stream.ResponseStream.MoveNext(patience.Token);   // the end: every event has its receipt
            }
            catch (Exception failure) when (failure is RpcException or InvalidOperationException or OperationCanceledException)
            {
                // The stream is over already, or its end does not come.
            }
        }

        Close();
    }

    private static async Task WriteAsync(
        AsyncDuplexStreamingCall<EventMessage, Receipt> stream, IReadOnlyList<NumberedEvent> events, CancellationToken stop)
    {
        foreach (var numbered in events)
            await stream.RequestStream.WriteAsync(numbered.Event.ToProto(), stop);
    }

    private static SendAnswer ToAnswer(Receipt receipt) => receipt switch
    {
        { Rejection: { } refusal } => SendAnswer.Refused(refusal.Type, refusal.Detail, refusal.RetryAfter?.ToTimeSpan()),
        { Level: Level.Stored } => new SendAnswer(SendStatus.Stored),
        { Level: Level.Spooled } => new SendAnswer(SendStatus.Spooled),
        _ => new SendAnswer(SendStatus.Queued),
    };

    // The collector gives a receipt for every event it has read before it ends a stream itself, and then says when to come back.
    private static SendAnswer ToAnswer(Exception failure) => failure switch
    {
        RpcException rpc when rpc.GetRpcStatus()?.GetDetail<RetryInfo>() is { RetryDelay: { } delay } =>
            new SendAnswer(SendStatus.Later, delay.ToTimeSpan(), rpc.Status.Detail),
        RpcException { Status: { DebugException: HttpRequestException connect } status } when HttpSender.NeverSent(connect) =>
            new SendAnswer(SendStatus.Later, Reconnect, status.Detail),
        _ => new SendAnswer(SendStatus.Unanswered, default, failure.Message),
    };

    private static void Fill(List<SendAnswer> answers, int count, SendAnswer answer)
    {
        while (answers.Count < count)
            answers.Add(answer);
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
