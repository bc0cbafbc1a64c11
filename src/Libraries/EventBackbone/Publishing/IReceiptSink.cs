namespace EventSourcing.EventBackbone.Publishing;

/// <summary>Who waits for a receipt. Called once per event, outside of all locks, on any thread.</summary>
internal interface IReceiptSink
{
    /// <param name="receipt">The verdict.</param>
    /// <param name="index">The event's place among those of this sink.</param>
    void Complete(in Receipt receipt, int index);
}
