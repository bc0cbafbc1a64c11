using System.Diagnostics;
using EventSourcing.EventBackbone.Telemetry;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>
/// When and how events go to disk. While a route spools, new events queue up behind those on disk. Events that the client holds at that
/// moment are copied to disk and stay with the client, which delivers them in order when the backbone is back: the copy is what survives
/// a crash, and is forgotten when the original is stored. So an outage makes no duplicates as long as the process lives.
/// </summary>
internal sealed partial class RouteChannel
{
    private bool _isSpooling;
    private bool _isClosed;
    private long _spoolBytes;
    private int _writes;
    private int _copies;

    /// <summary>What the spool held at start: it goes before newer events.</summary>
    public void Recover(long count, long bytes, long lastOrder, long attemptedThrough)
    {
        lock (_gate)
        {
            _order = Math.Max(lastOrder, attemptedThrough);
            _attemptedThrough = attemptedThrough;
            _accepted = _spooled = count;
            _spoolBytes = bytes;
            _isSpooling = IsWriteAhead || count > 0;
        }
    }

    public void OnReachable(bool reachable)
    {
        lock (_gate)
        {
            _isReachable = reachable;
            if (!reachable && Settings.UsesSpool && _spool is not null)
                EnterSpooling("the backbone is unreachable");
            if (!reachable)
                _waiters.WakeAll();                           // to be refused, or to go to disk
            LeaveSpoolingIfDrained();
        }
        if (!reachable)
            return;
        _spool?.Wake();
        if (Profile.Overflow == Overflow.DropOldest)
            Pump();
    }

    /// <summary>Runs a few times a second: a backbone that takes events and does not answer is as good as unreachable.</summary>
    public void Tick()
    {
        if (_transactions is null)
            FenceOverdue();
        else
            _transactions.RefuseOverdue();
        lock (_gate)
        {
            if (!_isSpooling && Settings.UsesSpool && _spool is not null && _inFlight.First is { } oldest
                && Stopwatch.GetElapsedTime(oldest.AcceptedAt) > Profile.DeliveryTimeout)
                EnterSpooling($"no acknowledgement within {Profile.DeliveryTimeout}");
            if (_waiters.Count > 0 && HasRoom(1, woken: true))
                _waiters.WakeFirst();
        }
    }

    private void WriteAhead(PendingEvent pending)
    {
        _writes++;
        _spoolBytes += pending.Bytes;
        pending.Copy = SpoolCopy.Requested;
        _spool!.Write(pending);
    }

    // A copy may exceed SpoolBytes: together they are bounded by SpoolBytes + BufferBytes.
    private void RequestCopy(PendingEvent pending)
    {
        _copies++;
        _spoolBytes += pending.Bytes;
        pending.IsCopy = true;
        pending.Copy = SpoolCopy.Requested;
        _spool!.Write(pending);
    }

    private void EnterSpooling(string reason)
    {
        if (_isSpooling && _inFlight.Count == 0)
            return;
        if (!_isSpooling)
            Log.Spooling(_logger, Name, reason);
        _isSpooling = true;
        for (var pending = _inFlight.First; pending is not null; pending = pending.Next)
            if (pending.Copy == SpoolCopy.None)
                RequestCopy(pending);
    }

    private void LeaveSpoolingIfDrained()
    {
        if (!_isSpooling || IsWriteAhead || !_isReachable || _isClosed || _spooled + _writes + _copies + _inFlight.Count > 0)
            return;
        _isSpooling = false;
        Log.CaughtUp(_logger, Name);
    }

    private void ForgetCopy(long order, int bytes)
    {
        _spoolBytes -= bytes;
        _spool!.Delete(this, order);
        if (_waiters.Count > 0)
            _waiters.WakeFirst();
        LeaveSpoolingIfDrained();
    }
}
