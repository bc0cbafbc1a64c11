using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>What a delivery report means for the event.</summary>
internal enum DeliveryOutcome
{
    /// <summary>Acknowledged at the route's durability.</summary>
    Stored,

    /// <summary>Kafka will never take this event.</summary>
    Poison,

    /// <summary>Not stored; a later attempt may succeed.</summary>
    NotStored,

    /// <summary>Sent and not acknowledged: it may be stored.</summary>
    Unknown,
}

/// <summary>Reads delivery reports.</summary>
internal static class DeliveryOutcomes
{
    public static DeliveryOutcome Of(Error error, PersistenceStatus status)
    {
        if (!error.IsError)
            return DeliveryOutcome.Stored;
        if (error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsg or ErrorCode.InvalidMsgSize or ErrorCode.InvalidRecord
            or ErrorCode.RecordListTooLarge or ErrorCode.InvalidTimestamp)
            return DeliveryOutcome.Poison;
        return status == PersistenceStatus.NotPersisted ? DeliveryOutcome.NotStored : DeliveryOutcome.Unknown;
    }
}
