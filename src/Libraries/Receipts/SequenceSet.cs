namespace EventSourcing.Receipts;

/// <summary>
/// A set of sequence numbers kept as ranges: its memory grows with the number of gaps, not with the number of events. Not thread-safe.
/// </summary>
public sealed class SequenceSet
{
    /// <summary>How many numbers are in the set.</summary>
    public long Count => throw new NotImplementedException();

    /// <summary>Adds a number; false when it was there already.</summary>
    public bool Add(long sequence) => throw new NotImplementedException();
}
