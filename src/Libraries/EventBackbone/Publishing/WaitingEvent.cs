namespace EventSourcing.EventBackbone.Publishing;

/// <summary>An event that is not accepted yet, and the task that completes when there may be room for it.</summary>
internal readonly record struct WaitingEvent(PendingEvent Pending, Task Room);
