namespace EventSourcing.Orders.Outbox;

/// <summary>The moments of a relay's round after which a crash leaves something different behind.</summary>
internal enum RelayStep
{
    /// <summary>Read from the outbox; nothing is noted.</summary>
    Taken,

    /// <summary>The database has noted that the batch is about to be handed to Kafka.</summary>
    Noted,

    /// <summary>Kafka has stored the batch; the database does not know.</summary>
    Stored,

    /// <summary>The database has noted that the batch is done.</summary>
    Done,
}
