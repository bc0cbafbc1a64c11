namespace EventSourcing.Receipts;

/// <summary>What <see cref="SequenceSet.Add"/> did.</summary>
public enum SequenceAddition
{
    /// <summary>The number is new in the set.</summary>
    Added,

    /// <summary>The number was there already.</summary>
    Present,

    /// <summary>The set is too fragmented to take the number; it is counted in <see cref="SequenceSet.Refused"/>.</summary>
    Refused,
}
