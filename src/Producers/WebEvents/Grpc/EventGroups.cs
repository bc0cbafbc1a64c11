using System.Runtime.CompilerServices;
using EventSourcing.WebEvents.Intake;
using Grpc.Core;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>
/// Turns a stream of messages into batches: what has arrived goes together, up to a limit, so that a busy stream costs one completion
/// per group and a quiet one waits for nothing.
/// </summary>
internal sealed class EventGroups(EventIntake intake, TimeProvider clock, int maxEvents, SemaphoreSlim room)
{
    /// <summary>Messages read so far.</summary>
    public long Received { get; private set; }

    /// <summary>Reads until the stream ends; waits for <c>room</c> before each group, and whoever answers the group gives it back.</summary>
    public async IAsyncEnumerable<IntakeBatch> ReadAllAsync(
        IAsyncStreamReader<EventMessage> messages, [EnumeratorCancellation] CancellationToken stop)
    {
        var next = messages.MoveNext(stop);
        while (await next)
        {
            await room.WaitAsync(stop);
            var group = intake.CreateBatch(IngressPath.Grpc, clock.GetUtcNow(), maxEvents);
            do
            {
                group.Add(messages.Current);
                Received++;
                next = messages.MoveNext(stop);
            }
            while (group.Ids.Count < maxEvents && next.IsCompletedSuccessfully && await next);
            yield return group;
        }
    }
}
