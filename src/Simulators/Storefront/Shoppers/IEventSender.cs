using EventSourcing.Storefront.Events;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>One path to the topic.</summary>
internal interface IEventSender : IAsyncDisposable
{
    /// <summary>Sends events together and waits for their answers, one per event in their order; trouble is an answer, not an exception.</summary>
    /// <param name="events">The events, each of another visitor.</param>
    /// <param name="stop">Waits no longer: what is unanswered then stays unanswered.</param>
    Task<SendAnswer[]> SendAsync(IReadOnlyList<NumberedEvent> events, CancellationToken stop);
}
