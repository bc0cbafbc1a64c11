namespace EventSourcing.EventBackbone.Publishing;

/// <summary>Takes receipted events that Kafka refuses for good.</summary>
internal interface IDeadLetterOffice
{
    /// <summary>Publishes the record as a dead letter; <paramref name="done"/> gets true when the dead letters have accepted it.</summary>
    void Bury(string topic, Record record, Rejection reason, Action<bool> done);
}
