namespace EventSourcing.EventBackbone.Publishing;

/// <summary>What the spool reports.</summary>
internal sealed partial class RouteChannel
{
    /// <summary>The event is on disk, fsynced. Runs on the spool's thread.</summary>
    public void OnWritten(PendingEvent pending)
    {
        var answer = false;
        lock (_gate)
        {
            CountDown(pending);
            if (pending.IsResolved)
            {
                _spoolBytes -= pending.Bytes;
                _spool!.Delete(this, pending.Order);          // stored while its copy was being written
                LeaveSpoolingIfDrained();
                return;
            }
            pending.Copy = SpoolCopy.Written;
            BookQueuedToSpooled();
            ReleaseBuffer(pending);
            answer = !pending.IsAnswered;
            pending.IsAnswered = true;
        }
        if (answer)
            Answer(pending, Receipt.Spooled(Name));
    }

    /// <summary>
    /// The disk is full. True when the event was given up, false when it must be tried again: a receipt was given for it.
    /// Runs on the spool's thread.
    /// </summary>
    public bool OnWriteFailed(PendingEvent pending)
    {
        lock (_gate)
        {
            if (pending is { IsAnswered: true, IsResolved: false } && !_isClosed)
                return false;
            CountDown(pending);
            _spoolBytes -= pending.Bytes;
            if (pending.IsResolved)
                return true;
            pending.IsResolved = true;
            if (!pending.IsAtKafka)
                ReleaseBuffer(pending);
            if (pending.IsAnswered)
            {
                BookQueuedToDropped();
                return true;
            }
            BookQueuedToRejected();
        }
        Answer(pending, Receipt.Rejected(Name, pending.IsCopy ? Rejections.OutcomeUnknown : Rejections.DiskFull));
        return true;
    }

    private void CountDown(PendingEvent pending)
    {
        if (pending.IsCopy)
            _copies--;
        else
            _writes--;
    }
}
