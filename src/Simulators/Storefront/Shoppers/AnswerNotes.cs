using EventSourcing.Receipts;
using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Telemetry;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>Notes what became of a group's events: in the receipt book once it is settled, in the log when it is no receipt.</summary>
internal sealed class AnswerNotes(string path, SourceReceipts receipts, StorefrontTelemetry telemetry, ILogger logger)
{
    private const string Redelivery = "redelivery";
    private string? _lastRefusal;

    /// <summary>Notes one answer. An event that is to be sent again is settled by a later one; if it may be on the topic already, it says so.</summary>
    public void Note(in NumberedEvent numbered, in SendAnswer answer)
    {
        telemetry.Answered(path, answer.Status);
        switch (answer.Status)
        {
            case SendStatus.Stored: receipts.Stored(numbered.Number); break;
            case SendStatus.Spooled: receipts.Spooled(numbered.Number); break;
            case SendStatus.Queued: receipts.Queued(numbered.Number); break;
            case SendStatus.Unanswered:
                receipts.Unanswered(numbered.Number);
                Log.Unanswered(logger, path, numbered.Number, answer.Reason);
                break;
            case SendStatus.Rejected:
                receipts.Rejected(numbered.Number);
                Log.Rejected(logger, path, numbered.Number, answer.Reason);
                break;
            default:
                _lastRefusal = answer.Reason;
                if (answer.Status == SendStatus.LaterUncertain)
                    numbered.Event[Redelivery] = "possible-duplicate";
                break;
        }
    }

    /// <summary>Notes events that will not be sent again after all: the last word on them is a refusal, or nothing certain.</summary>
    public void GiveUp(IReadOnlyCollection<NumberedEvent> events)
    {
        foreach (var numbered in events)
        {
            if (numbered.Event[Redelivery] is null)
                receipts.Rejected(numbered.Number);
            else
                receipts.Unanswered(numbered.Number);
        }

        Log.GivenUp(logger, path, events.Count, _lastRefusal);
    }
}
