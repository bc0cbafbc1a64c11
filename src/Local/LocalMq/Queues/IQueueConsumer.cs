namespace EventSourcing.LocalMq.Queues;

/// <summary>A link that receives from a queue. Its queue's loop calls it, and nobody else.</summary>
internal interface IQueueConsumer
{
    /// <summary>The link's name.</summary>
    string Name { get; }

    /// <summary>Messages it may still be sent, count; not above 0 when none.</summary>
    int Credit { get; }

    /// <summary>It settles by sending: nothing comes back (AMQP 1.0 §2.6.12, at-most-once).</summary>
    bool IsPresettled { get; }

    /// <summary>It wants its credit used up or given back.</summary>
    bool IsDraining { get; }

    /// <summary>Sends a message; false when the link is ending.</summary>
    bool TrySend(QueuedMessage message, byte[] bytes);

    /// <summary>Tells the receiver that its credit is used up, and uses it up.</summary>
    void CompleteDrain();
}
