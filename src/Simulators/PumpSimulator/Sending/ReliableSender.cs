using EventSourcing.PumpSimulator.Events;
using EventSourcing.Receipts;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>
/// Sends until every message has its answer, and books the answers: a device keeps what nobody has taken. What was sent and not answered is
/// sent again as a possible duplicate.
/// </summary>
internal sealed class ReliableSender(IPumpTransport transport, ReceiptBook book, Topics topics, TimeProvider time)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    /// <summary>Sends messages of one device.</summary>
    /// <param name="messages">In order.</param>
    /// <param name="progress">Gets each message with its final answer.</param>
    /// <param name="stop">No further attempts.</param>
    /// <param name="giveUp">No further waiting for answers, either.</param>
    public async Task SendAsync(
        IReadOnlyList<PumpMessage> messages, Action<PumpMessage, Answer>? progress, CancellationToken stop, CancellationToken giveUp)
    {
        for (var delay = FirstDelay; messages.Count > 0; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            var answers = await AttemptAsync(messages, giveUp);
            messages = Sort(messages, answers, progress, mayTryAgain: !stop.IsCancellationRequested && !giveUp.IsCancellationRequested);
            if (messages.Count == 0)
                return;
            var wait = answers.Max(static answer => answer.RetryAfter) ?? delay;
            await Task.Delay(wait * (0.5 + (Random.Shared.NextDouble() / 2)), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Answer[]> AttemptAsync(IReadOnlyList<PumpMessage> messages, CancellationToken giveUp)
    {
        try
        {
            return await transport.SendAsync(messages, giveUp);
        }
        catch (OperationCanceledException) when (giveUp.IsCancellationRequested)
        {
            return [.. messages.Select(static _ => new Answer(AnswerKind.Unknown, "no answer before the stop"))];
        }
    }

    private List<PumpMessage> Sort(IReadOnlyList<PumpMessage> messages, Answer[] answers, Action<PumpMessage, Answer>? progress, bool mayTryAgain)
    {
        var again = new List<PumpMessage>();
        for (var i = 0; i < answers.Length; i++)
        {
            messages[i].MayHaveBeenSent |= answers[i].Kind == AnswerKind.Unknown;
            if (mayTryAgain && answers[i].Kind is AnswerKind.NotTaken or AnswerKind.Unknown)
            {
                again.Add(messages[i]);
                continue;
            }

            Book(messages[i], answers[i].Kind);
            progress?.Invoke(messages[i], answers[i]);
        }

        return again;
    }

    private void Book(PumpMessage message, AnswerKind answer)
    {
        var receipts = book.For(message.Event.Source!.OriginalString, topics.Of(message.Kind));
        switch (answer)
        {
            case AnswerKind.Stored:
                receipts.Stored(message.Sequence);
                break;
            case AnswerKind.Spooled:
                receipts.Spooled(message.Sequence);
                break;
            case AnswerKind.Queued:
                receipts.Queued(message.Sequence);
                break;
            case AnswerKind.Rejected or AnswerKind.NotTaken when !message.MayHaveBeenSent:
                receipts.Rejected(message.Sequence);
                break;
            default:
                receipts.Unanswered(message.Sequence);
                break;
        }
    }
}
