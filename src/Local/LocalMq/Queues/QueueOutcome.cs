namespace EventSourcing.LocalMq.Queues;

/// <summary>What a consumer says of a message.</summary>
/// <param name="Kind">The outcome.</param>
/// <param name="Condition">Error condition of a rejection.</param>
/// <param name="Description">Description of a rejection.</param>
internal readonly record struct QueueOutcome(OutcomeKind Kind, string? Condition = null, string? Description = null)
{
    /// <summary>The rejection's reason, for people.</summary>
    public string Reason => $"{Condition ?? "no condition"}: {Description ?? "no description"}";
}

/// <summary>AMQP 1.0 §3.4, as far as a queue is concerned.</summary>
internal enum OutcomeKind
{
    /// <summary>Done: the message is deleted.</summary>
    Accepted,

    /// <summary>Not processed: it comes again as if nothing had been.</summary>
    Released,

    /// <summary>Tried in vain (modified with delivery-failed): it comes again, counted.</summary>
    Failed,

    /// <summary>Can never be processed: it goes to the dead-letter queue.</summary>
    Rejected,
}
