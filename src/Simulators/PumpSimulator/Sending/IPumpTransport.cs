using EventSourcing.PumpSimulator.Events;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>One device's way out.</summary>
internal interface IPumpTransport : IAsyncDisposable
{
    /// <summary>Messages that it sends best at once.</summary>
    int Window { get; }

    /// <summary>True when readings must name their asset, since no gateway does it.</summary>
    bool IsDirect { get; }

    /// <summary>Sends messages in order; one answer each. Failures are answers, not exceptions.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="giveUp"/> was cancelled; nothing is known of any of the messages.</exception>
    Task<Answer[]> SendAsync(IReadOnlyList<PumpMessage> messages, CancellationToken giveUp);
}
