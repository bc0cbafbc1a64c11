using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>To the client.</summary>
internal sealed partial class RouteChannel
{
    private Rejection? HandToKafka(PendingEvent pending, bool woken, out Task? room)
    {
        room = null;
        if (StaysOnDisk(pending))
            return null;
        if (TryFenceOff(pending, out var fenced))
            return fenced;
        if (TryProduce(pending, out var error))
            return null;                                      // and the event may be gone from here on
        lock (_gate)
        {
            Leave(pending);
            if (error!.Code == ErrorCode.Local_QueueFull && pending is { Copy: SpoolCopy.None, IsResolved: false })
            {
                Undo(pending);
                var rejection = Full(Rejections.BufferFull, woken, out room);
                _rejected += rejection is null ? 0 : 1;
                return rejection;
            }
            return Settle(pending, error, PersistenceStatus.NotPersisted, -1, -1) is { IsAccepted: false } receipt ? receipt.Rejection : null;
        }
    }

    // Its route began to spool after it was accepted: older events may have failed, and it must not overtake them.
    private bool StaysOnDisk(PendingEvent pending)
    {
        if (!Volatile.Read(ref _isSpooling))
            return false;
        lock (_gate)
        {
            if (pending.Copy == SpoolCopy.None)
                return false;
            Leave(pending);
        }
        _spool!.Wake();
        return true;
    }

    private bool TryProduce(PendingEvent pending, out Error? error)
    {
        var record = pending.Record;
        try
        {
            if (!_keepsRecords)
                pending.Record = null!;                       // the client has its own copy: let the collector have ours while it is young
            _producer.Produce(_topic, record, pending.Delivered);
            error = null;
            return true;
        }
        catch (KafkaException exception)
        {
            pending.Record = record;
            error = exception.Error;
            return false;
        }
    }

    private void Undo(PendingEvent pending)
    {
        _queued--;
        _accepted--;
        _bufferEvents--;
        _bufferBytes -= pending.Bytes;
    }
}
