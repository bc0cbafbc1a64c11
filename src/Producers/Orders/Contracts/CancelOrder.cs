namespace EventSourcing.Orders.Contracts;

/// <summary>A command: cancels an order.</summary>
/// <param name="Reason">Why, for people: at most 200 characters, none of them a control character.</param>
/// <param name="Channel">The sales channel that numbers its commands.</param>
/// <param name="ChannelSequence">The channel's number of this command.</param>
public sealed record CancelOrder(string? Reason = null, string? Channel = null, long? ChannelSequence = null) : IChannelCommand;
