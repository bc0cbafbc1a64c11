using Confluent.Kafka;
using EventSourcing.EventBackbone.Spooling;
using EventSourcing.EventBackbone.Telemetry;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>Events that Kafka refuses for good after their receipt was given: they become dead letters, off this thread and out of the lock.</summary>
internal sealed partial class RouteChannel
{
    private void BuryReceipted(PendingEvent pending, Error error)
    {
        var wasWritten = pending.Copy == SpoolCopy.Written;
        var (record, bytes, order) = (pending.Record, pending.Bytes, pending.Order);
        pending.IsResolved = true;
        if (!wasWritten)
            ReleaseBuffer(pending);
        Bury(record, PoisonOf(bytes, error), buried =>
        {
            lock (_gate)
            {
                BookBuried(ref wasWritten ? ref _spooled : ref _queued, buried);
                if (wasWritten)
                    ForgetCopy(order, bytes);
            }
        });
    }

    private void BurySpooled(SpooledRecord spooled, Error error)
    {
        _draining++;                                          // it stays in the window until it is buried
        Bury(spooled.Record, PoisonOf(spooled.Bytes, error), buried =>
        {
            lock (_gate)
            {
                _draining--;
                if (buried || DeadLetters is null)
                {
                    BookBuried(ref _spooled, buried);
                    ForgetCopy(spooled.Order, spooled.Bytes);
                }
                else
                    FailDrain("the dead letters do not take what Kafka refused");
                if (_drainFailed && _draining == 0)
                    RewindDrain();
            }
            _spool!.Wake();
        });
    }

    private void Bury(Record record, Rejection reason, Action<bool> done) => ThreadPool.UnsafeQueueUserWorkItem(
        _ =>
        {
            if (DeadLetters is null)
                done(false);
            else
                DeadLetters.Bury(Name, record, reason, done);
        }, null);

    private void BookBuried(ref long from, bool buried)
    {
        from--;
        if (buried)
            _deadLettered++;
        else
            _dropped++;
        if (!buried)
            Log.Dropped(_logger, Name, 1, "Kafka refuses it for good, and the dead letters did not take it");
    }
}
