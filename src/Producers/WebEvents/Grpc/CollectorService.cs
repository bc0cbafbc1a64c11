using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.V1;
using Grpc.Core;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>The gRPC collector; Protos/collector.proto is its contract, <see cref="CollectorBinding"/> its binding.</summary>
internal sealed class CollectorService(EventIntake intake, StreamRunner streams, TimeProvider clock)
{
    private static readonly WriteOptions Buffered = new(WriteFlags.BufferHint);

    public async Task<Receipt> Publish(EventMessage request, ServerCallContext context)
    {
        using var batch = intake.CreateBatch(IngressPath.Grpc, clock.GetUtcNow(), capacity: 1);
        batch.Add(request);
        var receipts = await batch.CompleteAsync(context.CancellationToken);
        var receipt = receipts.Receipts.Span[0];
        return receipt.Rejection is { } refusal ? throw GrpcRefusals.ToException(refusal) : receipt.ToMessage(number: 1, receipts.Ids[0]);
    }

    public async Task<Summary> PublishMany(IAsyncStreamReader<EventMessage> requestStream, ServerCallContext context)
    {
        var tally = new SummaryTally();
        var ended = await streams.RunAsync(requestStream, context, (receipts, session) =>
        {
            tally.Add(receipts);
            if (tally.Passing is not null)
                session.StopReading();
            return Task.CompletedTask;
        });
        var why = tally.Passing ?? (ended ? null : streams.Stopped);
        return why is null ? tally.Summary : throw GrpcRefusals.ToException(why, tally.Summary);
    }

    public async Task PublishStream(
        IAsyncStreamReader<EventMessage> requestStream, IServerStreamWriter<Receipt> responseStream, ServerCallContext context)
    {
        var number = 0L;
        var ended = await streams.RunAsync(requestStream, context, async (receipts, _) =>
        {
            for (var i = 0; i < receipts.Receipts.Length; i++)
            {
                responseStream.WriteOptions = i == receipts.Receipts.Length - 1 ? null : Buffered;
                await responseStream.WriteAsync(receipts.Receipts.Span[i].ToMessage(++number, receipts.Ids[i]), context.CancellationToken);
            }
        });
        if (!ended)
            throw GrpcRefusals.ToException(streams.Stopped);
    }
}
