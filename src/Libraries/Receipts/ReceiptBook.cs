namespace EventSourcing.Receipts;

/// <summary>
/// What one sender was told about the events it sent, per <c>source</c>: the truth that the ledger compares the topics with. Thread-safe.
/// </summary>
public sealed class ReceiptBook
{
    /// <summary>Notes that the event <paramref name="sequence"/> of <paramref name="source"/> for <paramref name="topic"/> was receipted as stored.</summary>
    public void Stored(string source, string topic, long sequence) => throw new NotImplementedException();

    /// <summary>Notes a receipt at level spooled.</summary>
    public void Spooled(string source, string topic, long sequence) => throw new NotImplementedException();

    /// <summary>Notes a receipt at level queued: no promise that survives the process.</summary>
    public void Queued(string source, string topic, long sequence) => throw new NotImplementedException();

    /// <summary>Notes a refusal: the event is expected not to be on the topic.</summary>
    public void Rejected(string source, string topic, long sequence) => throw new NotImplementedException();

    /// <summary>Notes that no answer came (connection lost, timeout): the event may or may not be on the topic.</summary>
    public void Unanswered(string source, string topic, long sequence) => throw new NotImplementedException();
}
