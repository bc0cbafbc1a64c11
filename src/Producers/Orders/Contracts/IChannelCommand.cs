namespace EventSourcing.Orders.Contracts;

/// <summary>A command that a sales channel may have numbered, so that it knows the event its answer promises.</summary>
public interface IChannelCommand
{
    /// <summary>The sales channel; null when the service numbers the event.</summary>
    string? Channel { get; }

    /// <summary>The channel's number of the command.</summary>
    long? ChannelSequence { get; }
}
