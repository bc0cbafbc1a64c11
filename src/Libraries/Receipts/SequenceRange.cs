namespace EventSourcing.Receipts;

/// <summary>Consecutive sequence numbers, both ends included.</summary>
/// <param name="First">The first number.</param>
/// <param name="Last">The last number; not below <paramref name="First"/>.</param>
public readonly record struct SequenceRange(long First, long Last)
{
    /// <summary>How many numbers the range holds.</summary>
    public long Count => Last - First + 1;
}
