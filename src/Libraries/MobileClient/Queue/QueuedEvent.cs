namespace EventSourcing.MobileClient.Queue;

/// <summary>An event that waits.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Json">The event as JSON.</param>
internal readonly record struct QueuedEvent(long Number, byte[] Json);
