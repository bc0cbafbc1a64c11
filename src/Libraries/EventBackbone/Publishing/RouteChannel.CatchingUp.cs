using EventSourcing.EventBackbone.Telemetry;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>
/// How a route that spools goes back to publishing directly while events keep coming. The spool need not be empty for that: as soon as the client holds everything that
/// is on disk, what waits to be written follows it to the client instead; when nothing waits, the route has caught up. Runs on the spool's thread, which is the only
/// one that sends events of a spooling route, so the order stays that of acceptance.
/// </summary>
internal sealed partial class RouteChannel
{
    private bool HasCaughtUp =>
        _isSpooling && !IsWriteAhead && _isReachable && !_isStopping && !_isClosed && !_drainFailed && _copies == 0 && _spooled == _draining;

    /// <summary>Sends an event that waits to be written, behind everything that is on disk.</summary>
    /// <returns>False when something older is not with the client yet, or the client does not take it: it is to be written.</returns>
    public bool TrySendUnwritten(PendingEvent pending)
    {
        lock (_drainGate)                                     // against a failure of an older one between the look and the call
        {
            lock (_gate)
            {
                if (!HasCaughtUp)
                    return false;
                TakeFromWriter(pending);
            }
            if (!StaysOnDisk(pending) && !TryProduce(pending, out _) && TryGiveToWriter(pending))
                return false;
        }
        LeaveSpoolingIfCaughtUp();
        return true;
    }

    private void TakeFromWriter(PendingEvent pending)
    {
        _writes--;
        _spoolBytes -= pending.Bytes;
        pending.Copy = SpoolCopy.None;
        pending.IsAtKafka = true;
        _inFlight.AddLast(pending);
    }

    private bool TryGiveToWriter(PendingEvent pending)
    {
        lock (_gate)
        {
            Leave(pending);
            if (pending.Copy != SpoolCopy.None)
                return false;                                 // the route began to spool again, and its copy waits to be written
            _writes++;
            _spoolBytes += pending.Bytes;
            pending.Copy = SpoolCopy.Requested;
            return true;
        }
    }

    private void LeaveSpoolingIfCaughtUp()
    {
        lock (_gate)
        {
            if (!HasCaughtUp || _writes > 0)
                return;
            _isSpooling = false;
            Log.CaughtUp(_logger, Name);
        }
    }
}
