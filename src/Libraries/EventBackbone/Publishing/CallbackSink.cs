using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>A callback and its state; pooled per type of state.</summary>
internal sealed class CallbackSink<TState> : IReceiptSink
{
    private const int Retained = 16_384;

    private static readonly DefaultObjectPool<CallbackSink<TState>> Pool = new(new DefaultPooledObjectPolicy<CallbackSink<TState>>(), Retained);

    private TState _state = default!;
    private Action<Receipt, TState> _completed = null!;
    private ILogger _logger = null!;

    public static CallbackSink<TState> Rent(TState state, Action<Receipt, TState> completed, ILogger logger)
    {
        var sink = Pool.Get();
        (sink._state, sink._completed, sink._logger) = (state, completed, logger);
        return sink;
    }

    public void Complete(in Receipt receipt, int index)
    {
        var (state, completed, logger) = (_state, _completed, _logger);
        (_state, _completed) = (default!, null!);
        Pool.Return(this);
        try
        {
            completed(receipt, state);
        }
        catch (Exception exception)                           // the client's thread must not end because of a caller
        {
            Log.CallbackFailed(logger, receipt.Topic, exception);
        }
    }
}
