namespace EventSourcing.EventBackbone;

/// <summary>What became of one event, in words that stay true: accepted at a level, or rejected with a reason.</summary>
public readonly record struct Receipt
{
    private Receipt(ReceiptLevel level, string topic, int partition, long offset, Rejection? rejection) =>
        (Level, Topic, Partition, Offset, Rejection) = (level, topic, partition, offset, rejection);

    /// <summary>The level reached; meaningless when <see cref="IsAccepted"/> is false.</summary>
    public ReceiptLevel Level { get; }

    /// <summary>The topic the event is in or on its way to.</summary>
    public string Topic { get; }

    /// <summary>Partition of the stored record; -1 below <see cref="ReceiptLevel.Stored"/>.</summary>
    public int Partition { get; }

    /// <summary>Offset of the stored record; -1 below <see cref="ReceiptLevel.Stored"/>.</summary>
    public long Offset { get; }

    /// <summary>Why the event was not accepted; null when it was.</summary>
    public Rejection? Rejection { get; }

    /// <summary>True when the event was accepted at <see cref="Level"/>.</summary>
    public bool IsAccepted => Rejection is null;

    /// <summary>A receipt at <see cref="ReceiptLevel.Queued"/>.</summary>
    public static Receipt Queued(string topic) => new(ReceiptLevel.Queued, topic, -1, -1, null);

    /// <summary>A receipt at <see cref="ReceiptLevel.Spooled"/>.</summary>
    public static Receipt Spooled(string topic) => new(ReceiptLevel.Spooled, topic, -1, -1, null);

    /// <summary>A receipt at <see cref="ReceiptLevel.Stored"/>.</summary>
    public static Receipt Stored(string topic, int partition, long offset) => new(ReceiptLevel.Stored, topic, partition, offset, null);

    /// <summary>No receipt: the event was not accepted.</summary>
    public static Receipt Rejected(string topic, Rejection rejection) => new(default, topic, -1, -1, rejection);
}
