using System.Buffers;
using CloudNative.CloudEvents;
using EventSourcing.EventBackbone.Publishing;

namespace EventSourcing.EventBackbone;

/// <summary>
/// Events that complete together, each with its own receipt, in the order they were added. Once one is refused for now, those after it are refused
/// with it: so its sender can send them again without one overtaking another. On a transactional route the batch is one transaction: its events are gathered,
/// handed over by <see cref="CompleteAsync"/>, and stored or refused together; one bad event refuses them all. Not thread-safe; dispose after use.
/// </summary>
public sealed partial class EventBatch : IDisposable, IReceiptSink
{
    private readonly RouteChannel _channel;
    private readonly BatchTransaction? _transaction;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _completion;
    private Receipt[] _receipts;
    private int _count;
    private int _outstanding;
    private bool _disposed;
    private Rejection? _refusal;

    internal EventBatch(RouteChannel channel, int capacity)
    {
        _channel = channel;
        _transaction = channel.IsTransactional ? new BatchTransaction(channel) : null;
        _receipts = ArrayPool<Receipt>.Shared.Rent(Math.Max(1, capacity));
    }

    /// <summary>Events added so far.</summary>
    public int Count => _count;

    /// <summary>
    /// Adds an event and hands it to the backbone at once; a bad event spoils only its own receipt. Blocks while the buffer is full and the
    /// route waits; see <see cref="AddAsync"/>. On a transactional route the event is only gathered.
    /// </summary>
    /// <param name="cloudEvent">The event.</param>
    /// <param name="possibleDuplicate">
    /// True when its sender says that it may be on the topic already: the record carries the header <c>redelivery: possible-duplicate</c>.
    /// </param>
    public void Add(CloudEvent cloudEvent, bool possibleDuplicate = false)
    {
        var index = Reserve();
        if (TryGather(index, cloudEvent, possibleDuplicate) || TryRefuse(index))
            return;
        var rejection = Acceptance.TryPublish(_channel, cloudEvent, this, index, possibleDuplicate, out var waiting);
        if (waiting is not null)
            rejection = Acceptance.WaitAndPublish(_channel, waiting.Value, CancellationToken.None);
        Note(index, rejection);
    }

    /// <summary>As <see cref="Add"/>, but waits for room without blocking the thread.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled while the event waited for room; it was not accepted.</exception>
    public ValueTask AddAsync(CloudEvent cloudEvent, bool possibleDuplicate = false, CancellationToken stop = default)
    {
        var index = Reserve();
        if (TryGather(index, cloudEvent, possibleDuplicate) || TryRefuse(index))
            return ValueTask.CompletedTask;
        var rejection = Acceptance.TryPublish(_channel, cloudEvent, this, index, possibleDuplicate, out var waiting);
        if (waiting is { } waiter)
            return new ValueTask(WaitAsync(index, waiter, stop));
        Note(index, rejection);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Adds a receipt for an event that its caller has already refused, so that receipts stay in step with what came in. On a transactional route this refuses
    /// the whole batch with that reason.
    /// </summary>
    public void AddRejected(Rejection rejection)
    {
        var index = Reserve();
        if (_transaction is null)
            Complete(Receipt.Rejected(_channel.Name, rejection), index);
        else
            _transaction.Refuse(rejection);
    }

    /// <summary>Completes when every event has its receipt. The memory is valid until the batch is disposed.</summary>
    /// <exception cref="OperationCanceledException">
    /// <paramref name="stop"/> was cancelled; events may still be stored later, those of a transactional route that waited for room excepted.
    /// </exception>
    public ValueTask<ReadOnlyMemory<Receipt>> CompleteAsync(CancellationToken stop = default) =>
        _transaction is null ? WhenAnsweredAsync(stop) : CommitAsync(_transaction, stop);

    private ValueTask<ReadOnlyMemory<Receipt>> WhenAnsweredAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_outstanding == 0)
                return new ValueTask<ReadOnlyMemory<Receipt>>(_receipts.AsMemory(0, _count));
            _completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask<ReadOnlyMemory<Receipt>>(WaitAsync(_completion.Task, stop));
        }
    }

    /// <summary>Gives the batch's memory back; receipts that are still outstanding are lost, and a transaction that was not completed never begins.</summary>
    public void Dispose()
    {
        _transaction?.Discard();
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            ArrayPool<Receipt>.Shared.Return(_receipts, clearArray: true);
            _receipts = [];
        }
    }
}
