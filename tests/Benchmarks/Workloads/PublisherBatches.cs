using CloudNative.CloudEvents;
using EventSourcing.Benchmarks.Measuring;
using EventSourcing.EventBackbone;

namespace EventSourcing.Benchmarks.Workloads;

/// <summary><see cref="EventPublisher.CreateBatch"/>: one completion for many events, as for an HTTP batch or a gRPC stream.</summary>
internal sealed class PublisherBatches(PublisherHost host, int payloadBytes) : IWorkload
{
    private const int BatchSize = 500;

    private readonly EventPublisher _publisher = host.Publisher;
    private readonly CloudEvent[] _events = SampleEvents.CloudEvents(payloadBytes);
    private EventBatch? _batch;
    private int _first;
    private int _count;

    public void Send(int index, Completions completions)
    {
        if (_batch is null)
        {
            (_batch, _first, _count) = (_publisher.CreateBatch(host.Route, BatchSize), index, 0);
        }

        _batch.Add(_events[index % _events.Length]);
        if (++_count == BatchSize)
        {
            Flush(completions);
        }
    }

    public void Flush(Completions completions)
    {
        if (_batch is { } batch)
        {
            _batch = null;
            _ = CompleteAsync(batch, _first, completions);
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static async Task CompleteAsync(EventBatch batch, int first, Completions completions)
    {
        try
        {
            var receipts = await batch.CompleteAsync();
            for (var i = 0; i < receipts.Length; i++)
            {
                completions.Complete(first + i, receipts.Span[i].IsAccepted);
            }
        }
        catch (Exception exception)
        {
            completions.Fail(exception);
        }
        finally
        {
            batch.Dispose();
        }
    }
}
