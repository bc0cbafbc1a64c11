using EventSourcing.Firehose.Sending;
using EventSourcing.Firehose.Telemetry;
using EventSourcing.Receipts;

namespace EventSourcing.Firehose.Streaming;

/// <summary>How far the stream was sent, and how far its reader says that it has it in its keeping: that is the receipt. Thread-safe.</summary>
internal sealed class StreamProgress(SourceReceipts receipts, FirehoseTelemetry telemetry)
{
    private readonly Lock _gate = new();
    private long _sent;
    private long _committed;

    /// <summary>Number of the last post that was sent.</summary>
    public long Sent
    {
        get
        {
            lock (_gate)
                return _sent;
        }
    }

    /// <summary>Number of the last post in the reader's keeping.</summary>
    public long Committed
    {
        get
        {
            lock (_gate)
                return _committed;
        }
    }

    /// <summary>A post goes out, for the first time or again.</summary>
    public void Send(long number)
    {
        lock (_gate)
            _sent = Math.Max(_sent, number);
    }

    /// <summary>Everything up to that post is in the reader's keeping. False when it was never sent.</summary>
    public bool Commit(long number)
    {
        lock (_gate)
        {
            if (number > _sent)
                return false;
            for (; _committed < number; _committed++)
            {
                receipts.Spooled(_committed + 1);
                telemetry.Answered("stream", AnswerKind.Spooled);
            }
        }

        return true;
    }

    /// <summary>What was sent and not committed has no answer.</summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            for (var number = _committed + 1; number <= _sent; number++)
                receipts.Unanswered(number);
        }
    }
}
