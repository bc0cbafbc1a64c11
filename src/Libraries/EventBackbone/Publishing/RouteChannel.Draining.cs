using System.Diagnostics;
using Confluent.Kafka;
using EventSourcing.EventBackbone.Kafka;
using EventSourcing.EventBackbone.Spooling;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>From disk to Kafka, in order of acceptance, a window at a time.</summary>
internal sealed partial class RouteChannel
{
    private const int DrainWindowEvents = 2_000;
    private static readonly TimeSpan DrainBackOff = TimeSpan.FromSeconds(1);

    private long _attemptedThrough;
    private long _cursor;
    private int _draining;
    private bool _drainFailed;
    private bool _drainMayBeStored;
    private long _drainPausedAt;
    private int _rewinds;
    private readonly Lock _drainGate = new();

    /// <summary>What may be read now; nothing while something older is in flight or the backbone is away.</summary>
    public DrainWindow GetDrainWindow()
    {
        lock (_gate)
        {
            var isFree = _isSpooling && _isReachable && !_isStopping && _inFlight.Count == 0 && _copies == 0 && _spooled > _draining;
            if (!isFree || _drainFailed || _draining > DrainWindowEvents / 2)
                return default;
            var isPaused = _drainPausedAt != 0 && Stopwatch.GetElapsedTime(_drainPausedAt) < DrainBackOff;
            return isPaused ? default : new DrainWindow(_cursor, DrainWindowEvents - _draining, _rewinds);
        }
    }

    /// <summary>Hands what was read to the client. The spool has noted on disk that these are being attempted.</summary>
    public void Drain(DrainWindow window, IReadOnlyList<SpooledRecord> records)
    {
        lock (_gate)
        {
            if (_drainFailed || window.Rewinds != _rewinds)
                return;                                       // older ones came back meanwhile and go first
            _draining += records.Count;
            _drainPausedAt = 0;
            _cursor = records[^1].Order;
        }
        for (var index = 0; index < records.Count; index++)
            if (!Drain(records[index]))
            {
                GiveBack(records.Count - index - 1);          // what follows must not overtake it
                return;
            }
        LeaveSpoolingIfCaughtUp();
    }

    public void OnDrained(DrainingEvent draining, Error error, PersistenceStatus status)
    {
        lock (_drainGate)
            lock (_gate)
            {
                _draining--;
                SettleDrained(draining.Spooled, error, DeliveryOutcomes.Of(error, status));
                if (_drainFailed && _draining == 0)
                    RewindDrain();
            }
        _spool!.Wake();
    }

    private void GiveBack(int count)
    {
        lock (_gate)
        {
            _draining -= count;
            if (_drainFailed && _draining == 0)
                RewindDrain();
        }
    }

    private bool Drain(SpooledRecord spooled)
    {
        if (spooled.WasAttempted || spooled.Order <= _attemptedThrough)
            spooled.Record.MarkPossibleDuplicate();
        var draining = new DrainingEvent(this, spooled);
        lock (_drainGate)                                     // against a failure of an older one between the look and the call
        {
            if (_drainFailed)
            {
                GiveBack(1);
                return false;
            }
            try
            {
                _producer.Produce(_topic, spooled.Record, draining.OnDelivered);
                return true;
            }
            catch (KafkaException exception)
            {
                OnDrained(draining, exception.Error, PersistenceStatus.NotPersisted);
                return DeliveryOutcomes.Of(exception.Error, PersistenceStatus.NotPersisted) == DeliveryOutcome.Poison;
            }
        }
    }

    private void SettleDrained(SpooledRecord spooled, Error error, DeliveryOutcome outcome)
    {
        switch (outcome)
        {
            case DeliveryOutcome.Stored:
                _refusalLogged = false;
                BookSpooledToStored();
                ForgetCopy(spooled.Order, spooled.Bytes);
                break;
            case DeliveryOutcome.Poison:
                LogRefusal(error);
                BurySpooled(spooled, error);
                break;
            default:
                LogRefusal(error);
                FailDrain(error.Reason);
                _drainMayBeStored |= outcome == DeliveryOutcome.Unknown;
                break;
        }
    }

    // Nothing newer is read until all of the window have come back, and nothing new overtakes it.
    private void FailDrain(string reason)
    {
        _drainFailed = true;
        if (!_isClosed)
            EnterSpooling(reason);
    }

    // What is left of the window is read again, oldest first.
    private void RewindDrain()
    {
        if (_drainMayBeStored)
            _attemptedThrough = Math.Max(_attemptedThrough, _cursor);
        (_cursor, _drainFailed, _drainMayBeStored) = (0, false, false);
        _rewinds++;
        _drainPausedAt = Stopwatch.GetTimestamp();
    }
}

/// <summary>What of a spool may be read: from where, how many events (0: none), and after how many rewinds that was said.</summary>
internal readonly record struct DrainWindow(long After, int Room, int Rewinds);
