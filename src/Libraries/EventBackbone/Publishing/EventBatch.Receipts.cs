using System.Buffers;
using CloudNative.CloudEvents;
using EventSourcing.EventBackbone.Publishing;

namespace EventSourcing.EventBackbone;

/// <summary>The receipts of a batch: a place for each event, filled on any thread.</summary>
public sealed partial class EventBatch
{
    void IReceiptSink.Complete(in Receipt receipt, int index) => Complete(receipt, index);

    private int Reserve()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_count == _receipts.Length)
                Grow();
            _outstanding++;
            return _count++;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<Receipt>.Shared.Rent(_receipts.Length * 2);
        _receipts.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<Receipt>.Shared.Return(_receipts, clearArray: true);
        _receipts = larger;
    }

    private bool TryGather(int index, CloudEvent cloudEvent, bool possibleDuplicate)
    {
        _transaction?.Add(cloudEvent, this, index, possibleDuplicate);
        return _transaction is not null;
    }

    private async ValueTask<ReadOnlyMemory<Receipt>> CommitAsync(BatchTransaction transaction, CancellationToken stop)
    {
        if (await transaction.SubmitAsync(stop) is { } rejection)
            RefuseAll(rejection);
        return await WhenAnsweredAsync(stop);
    }

    private void RefuseAll(Rejection rejection)
    {
        lock (_gate)
        {
            _receipts.AsSpan(0, _count).Fill(Receipt.Rejected(_channel.Name, rejection));
            _outstanding = 0;
        }
    }

    // Once refused for now, always: else a later event would overtake.
    private bool TryRefuse(int index)
    {
        if (_refusal is null)
            return false;
        _channel.CountRejected();
        Complete(Receipt.Rejected(_channel.Name, _refusal), index);
        return true;
    }

    // An accepted event of a queued route has its receipt now; of other routes, later.
    private void Note(int index, Rejection? rejection)
    {
        if (rejection is { Kind: not RejectionKind.Poison })
            _refusal = rejection;
        if (rejection is not null)
            Complete(Receipt.Rejected(_channel.Name, rejection), index);
        else if (_channel.Profile.Receipt == ReceiptLevel.Queued)
            Complete(Receipt.Queued(_channel.Name), index);
    }

    private void Complete(in Receipt receipt, int index)
    {
        TaskCompletionSource? completion = null;
        lock (_gate)
        {
            if (_disposed)
                return;
            _receipts[index] = receipt;
            if (--_outstanding == 0)
                completion = _completion;
        }
        completion?.TrySetResult();
    }

    private async Task WaitAsync(int index, WaitingEvent waiting, CancellationToken stop)
    {
        try
        {
            Note(index, await Acceptance.WaitAndPublishAsync(_channel, waiting, stop));
        }
        catch (OperationCanceledException)
        {
            Note(index, _channel.Rejections.BufferFull);
            throw;
        }
    }

    private async Task<ReadOnlyMemory<Receipt>> WaitAsync(Task completion, CancellationToken stop)
    {
        await completion.WaitAsync(stop);
        return _receipts.AsMemory(0, _count);
    }
}
