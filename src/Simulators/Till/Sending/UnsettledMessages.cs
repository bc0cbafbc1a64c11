using EventSourcing.Receipts;
using EventSourcing.Till.Options;
using EventSourcing.Till.Telemetry;

namespace EventSourcing.Till.Sending;

/// <summary>A group's messages without an answer, at most a window of them, in the order in which they were sold; books each answer. Thread-safe.</summary>
internal sealed class UnsettledMessages(string group, TillOptions options, SourceReceipts receipts, TillTelemetry telemetry, ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, SaleMessage> _messages = [];
    private readonly SemaphoreSlim _room = new(options.Window);

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _messages.Count;
        }
    }

    /// <summary>All of them, the oldest first.</summary>
    public SaleMessage[] Snapshot()
    {
        lock (_gate)
            return [.. _messages.Values];
    }

    /// <summary>Waits for room for one more; it is then added, or the room given back.</summary>
    public Task WaitForRoomAsync(CancellationToken stop) => _room.WaitAsync(stop);

    /// <summary>Gives back room that nothing was added to.</summary>
    public void GiveBackRoom() => _room.Release();

    /// <summary>Adds one to the room that was waited for.</summary>
    public void Add(SaleMessage message)
    {
        lock (_gate)
            _messages.Add(message.First, message);
    }

    /// <summary>Books an answer, and removes the message unless it must go again.</summary>
    public void Answered(SaleMessage message, SaleAnswer answer)
    {
        switch (answer.Kind)
        {
            case SaleAnswerKind.Accepted:
                Finish(message, receipts.Spooled);
                break;
            case SaleAnswerKind.Refused:
                Log.Refused(logger, group, message.Id, answer.Reason!);
                Finish(message, receipts.Rejected);
                break;
            case SaleAnswerKind.NotTaken:
                message.MayHaveBeenSent = false;
                break;
            default:
                break;                                        // it goes again with the next connection
        }
    }

    /// <summary>Books what will have no answer any more.</summary>
    public void GiveUp()
    {
        foreach (var message in Snapshot())
            Note(message, message.MayHaveBeenSent ? receipts.Unanswered : receipts.Rejected);
    }

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private void Finish(SaleMessage message, Action<long> note)
    {
        lock (_gate)
        {
            if (!_messages.Remove(message.First))
                return;
        }

        Note(message, note);
        telemetry.Sent(options.Queue, message.Count);
        _room.Release();
    }

    private static void Note(SaleMessage message, Action<long> note)
    {
        for (var sequence = message.First; sequence < message.First + message.Count; sequence++)
            note(sequence);
    }
}
