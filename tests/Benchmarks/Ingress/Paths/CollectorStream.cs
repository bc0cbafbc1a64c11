using EventSourcing.WebEvents.V1;
using Grpc.Core;
using Grpc.Net.Client;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>One call of <c>PublishStream</c>. Several senders write to it in turns; receipts come in the order of the events.</summary>
internal sealed class CollectorStream : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<EventMessage, Receipt> _call;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Queue<Expected> _expected = [];
    private readonly Task _reading;

    public CollectorStream(GrpcChannel channel)
    {
        _channel = channel;
        _call = new Collector.CollectorClient(channel).PublishStream();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Writes the events and waits for their receipts.</summary>
    /// <exception cref="InvalidOperationException">An event was refused, or the stream has ended.</exception>
    public async Task SendAsync(IEnumerable<EventMessage> events, int count, CancellationToken stop)
    {
        var expected = new Expected(count);
        await _writing.WaitAsync(stop);
        try
        {
            lock (_expected)
            {
                _expected.Enqueue(expected);
            }

            foreach (var message in events)
            {
                await _call.RequestStream.WriteAsync(message, stop);
            }
        }
        finally
        {
            _writing.Release();
        }

        var finished = await Task.WhenAny(expected.Stored.Task, _reading).WaitAsync(stop);
        await finished;
        if (!expected.Stored.Task.IsCompleted)
        {
            throw new InvalidOperationException("The stream ended before every event had its receipt.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _call.Dispose();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // its end was told to whoever sent
        _channel.Dispose();
        _writing.Dispose();
    }

    private async Task ReadAsync()
    {
        await foreach (var receipt in _call.ResponseStream.ReadAllAsync())
        {
            lock (_expected)
            {
                var head = _expected.Peek();
                if (receipt.Level != Level.Stored)
                {
                    head.Stored.TrySetException(new InvalidOperationException($"Event {receipt.Id}: {receipt.Level} {receipt.Rejection}"));
                }

                if (--head.Left == 0)
                {
                    _expected.Dequeue().Stored.TrySetResult();
                }
            }
        }
    }

    private sealed class Expected(int count)
    {
        public int Left { get; set; } = count;

        public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
