using System.Collections.Concurrent;
using Confluent.Kafka;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Consuming;

/// <summary>Keeps what it gets, and misbehaves on demand.</summary>
internal sealed class RecordingHandler : IEventHandler
{
    private int _waiting;

    public ConcurrentQueue<ConsumeResult<byte[]?, byte[]?>> Records { get; } = [];
    public ConcurrentQueue<int> BatchSizes { get; } = [];
    public int Failures { get; set; }
    public SemaphoreSlim? Gate { get; init; }
    public Func<ConsumeResult<byte[]?, byte[]?>, bool> IsPoison { get; init; } = _ => false;
    public int Waiting => Volatile.Read(ref _waiting);

    public async ValueTask HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken stop)
    {
        if (Gate is not null)
        {
            Interlocked.Increment(ref _waiting);
            await Gate.WaitAsync(stop);
        }
        if (Failures > 0)
        {
            Failures--;
            throw new InvalidOperationException("The effect failed.");
        }
        BatchSizes.Enqueue(events.Count);
        foreach (var received in events)
        {
            if (IsPoison(received.Record))
                received.Poison(new Rejection(RejectionKind.Poison, "urn:eventsourcing:test-poison", "no good"));
            Records.Enqueue(received.Record);
        }
    }

    public Task HasAsync(int count) => Eventually.ValueAsync(
        _ => Task.FromResult(Records.Count), seen => seen >= count, $"{count} events are handled", stop: TestContext.Current.CancellationToken);
}
