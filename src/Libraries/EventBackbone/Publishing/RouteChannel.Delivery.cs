using Confluent.Kafka;
using EventSourcing.EventBackbone.Telemetry;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>What the client reports.</summary>
internal sealed partial class RouteChannel
{
    private bool _refusalLogged;

    /// <summary>Runs on the client's thread, once per event it took.</summary>
    public void OnDelivered(PendingEvent pending, RecordReport report)
    {
        Receipt? answer;
        bool reusable;
        lock (_gate)
        {
            Leave(pending);
            answer = Settle(pending, report.Error, report.Status, report.Partition, report.Offset);
            reusable = pending.Copy == SpoolCopy.None;
        }
        EndSpan(pending, report);
        if (answer is { } receipt)
            Answer(pending, receipt);
        if (reusable)
            PendingPool.Return(pending);
        if (Profile.Overflow == Overflow.DropOldest)
            Pump();
    }

    /// <summary>Books what became of the event; returns what its caller is to be told, if anybody waits. The lock is held.</summary>
    private Receipt? Settle(PendingEvent pending, Error error, PersistenceStatus status, int partition, long offset)
    {
        var outcome = DeliveryOutcomes.Of(error, status);
        if (outcome == DeliveryOutcome.Stored)
            _refusalLogged = false;
        else
            LogRefusal(error);

        if (pending.IsResolved)                               // given up earlier, only its room was still taken
        {
            ReleaseBuffer(pending);
            return null;
        }
        return outcome switch
        {
            DeliveryOutcome.Stored => SettleStored(pending, partition, offset),
            DeliveryOutcome.Poison => SettlePoison(pending, error),
            _ => SettleNotStored(pending, outcome, error),
        };
    }

    private Receipt? SettleStored(PendingEvent pending, int partition, long offset)
    {
        if (pending.Copy == SpoolCopy.Written)
        {
            BookSpooledToStored();
            ForgetCopy(pending.Order, pending.Bytes);
            return null;
        }
        pending.IsResolved = true;
        BookQueuedToStored();
        ReleaseBuffer(pending);
        LeaveSpoolingIfDrained();
        return pending.IsAnswered ? null : Receipt.Stored(Name, partition, offset);
    }

    private Receipt? SettlePoison(PendingEvent pending, Error error)
    {
        if (pending.IsAnswered)
        {
            BuryReceipted(pending, error);
            return null;
        }
        pending.IsResolved = true;
        BookQueuedToRejected();
        ReleaseBuffer(pending);
        return Receipt.Rejected(Name, PoisonOf(pending.Bytes, error));
    }

    private Receipt? SettleNotStored(PendingEvent pending, DeliveryOutcome outcome, Error error)
    {
        if (Settings.UsesSpool && _spool is not null && !_isClosed)
        {
            EnterSpooling(error.Reason);
            if (pending.Copy == SpoolCopy.None)
                RequestCopy(pending);
            return null;                                      // the spool answers
        }
        pending.IsResolved = true;
        ReleaseBuffer(pending);
        Fence();
        if (pending.IsAnswered)
        {
            BookQueuedToDropped();
            return null;
        }
        BookQueuedToRejected();
        return Receipt.Rejected(Name, RejectionOf(outcome, error));
    }

    private Rejection RejectionOf(DeliveryOutcome outcome, Error error) => outcome switch
    {
        DeliveryOutcome.Unknown => Rejections.OutcomeUnknown,
        _ => error.Code switch
        {
            ErrorCode.ProducerFenced => Rejections.Fenced,
            ErrorCode.Local_Destroy => Rejections.Stopping,
            _ => Rejections.NotStored(error.Reason),
        },
    };

    private Rejection PoisonOf(int bytes, Error error) => _transactions is not null
        ? new Rejection(
            RejectionKind.Poison, error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge ? Rejection.TooLargeType : Rejection.InvalidType,
            $"Kafka refuses an event on '{Name}', and with it all that was to be committed together: {error.Reason}.")
        : error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.RecordListTooLarge
        ? new Rejection(RejectionKind.Poison, Rejection.TooLargeType, $"Kafka refuses an event of {bytes} bytes on '{Name}': {error.Reason}.")
        : Rejection.Invalid($"Kafka refuses the event on '{Name}': {error.Reason}.");

    private void LogRefusal(Error error)
    {
        if (error.IsLocalError || _refusalLogged)
            return;
        _refusalLogged = true;                                // once until the next success
        Log.Refused(_logger, Name, error.Reason);
    }

    private void Answer(PendingEvent pending, in Receipt receipt) => Answer(TakeCaller(pending), receipt);

    private void Answer(in Caller caller, in Receipt receipt)
    {
        _telemetry.ReceiptGiven(this, caller.AcceptedAt, receipt);
        caller.Sink?.Complete(receipt, caller.Index);
    }

    private static Caller TakeCaller(PendingEvent pending)
    {
        var caller = new Caller(pending.Sink, pending.SinkIndex, pending.AcceptedAt);
        pending.Sink = null;
        return caller;
    }

    /// <summary>Who is to be told; taken out of an event that the client may report, and the pool reuse, at any moment.</summary>
    private readonly record struct Caller(IReceiptSink? Sink, int Index, long AcceptedAt);
}
