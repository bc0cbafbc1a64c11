using System.Threading.Tasks.Sources;
using Microsoft.Extensions.ObjectPool;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>One awaited event; pooled. It goes back when both its receipt has come and its caller has looked.</summary>
internal sealed class PublishOperation : IReceiptSink, IValueTaskSource<Receipt>
{
    private const int Retained = 16_384;
    private const int Waiting = 0, Answered = 1, Cancelled = 2;

    private static readonly DefaultObjectPool<PublishOperation> Pool = new(new Policy(), Retained);

    private ManualResetValueTaskSourceCore<Receipt> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private CancellationToken _stop;
    private int _state;
    private int _owners;

    public static PublishOperation Rent()
    {
        var operation = Pool.Get();
        (operation._state, operation._owners) = (Waiting, 2);
        return operation;
    }

    /// <summary>Gives back an operation that was never accepted.</summary>
    public void Discard() => Pool.Return(this);

    public ValueTask<Receipt> AsTask(CancellationToken stop)
    {
        if (stop.CanBeCanceled)
        {
            _stop = stop;
            _registration = stop.UnsafeRegister(static state => ((PublishOperation)state!).Cancel(), this);
        }
        return new ValueTask<Receipt>(this, _core.Version);
    }

    public void Complete(in Receipt receipt, int index)
    {
        if (Interlocked.CompareExchange(ref _state, Answered, Waiting) == Waiting)
            _core.SetResult(receipt);
        Release();
    }

    public Receipt GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _registration.Dispose();                          // waits for a cancellation that is running
            Release();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting)
            _core.SetException(new OperationCanceledException(_stop));
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
            Pool.Return(this);
    }

    private sealed class Policy : PooledObjectPolicy<PublishOperation>
    {
        public override PublishOperation Create() => new();

        public override bool Return(PublishOperation obj)
        {
            obj._core.Reset();
            obj._registration = default;
            obj._stop = default;
            return true;
        }
    }
}
