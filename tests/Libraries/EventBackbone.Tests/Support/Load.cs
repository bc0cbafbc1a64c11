using System.Collections.Concurrent;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>Publishes a paced stream of events with a few keys and keeps every receipt.</summary>
internal sealed class Load(EventPublisher publisher, Route route)
{
    private const int Keys = 5;
    private int _outstanding;

    public ConcurrentDictionary<long, Receipt> Receipts { get; } = [];
    public long Last { get; private set; }

    /// <summary>Publishes until told to stop: about one event per millisecond, in order.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!stop.IsCancellationRequested)
        {
            for (var n = 0; n < 5; n++)
                Publish(++Last);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    public void Publish(long sequence)
    {
        Interlocked.Increment(ref _outstanding);
        publisher.Publish(route, Events.New(sequence, $"key-{sequence % Keys}"), (this, sequence), static (receipt, state) =>
        {
            state.Item1.Receipts[state.sequence] = receipt;
            Interlocked.Decrement(ref state.Item1._outstanding);
        });
    }

    public Task AnsweredAsync(CancellationToken stop) =>
        Eventually.TrueAsync(() => Volatile.Read(ref _outstanding) == 0, "every event has its receipt", stop: stop);

    public long[] At(ReceiptLevel level) =>
        Receipts.Where(entry => entry.Value.IsAccepted && entry.Value.Level == level).Select(entry => entry.Key).Order().ToArray();

    public Rejection[] Rejections() => Receipts.Values.Where(receipt => !receipt.IsAccepted).Select(receipt => receipt.Rejection!).ToArray();
}
