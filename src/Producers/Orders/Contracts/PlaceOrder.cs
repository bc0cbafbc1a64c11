namespace EventSourcing.Orders.Contracts;

/// <summary>A command: places an order.</summary>
/// <param name="CustomerId">Who orders: 1 to 64 of <c>[A-Za-z0-9._-]</c>.</param>
/// <param name="Currency">ISO 4217: three capital letters.</param>
/// <param name="Lines">What is ordered, 1 to 100 lines.</param>
/// <param name="Channel">The sales channel that numbers its commands; 1 to 100 of <c>[A-Za-z0-9._-]</c>, parts separated by slashes. Absent: the service numbers.</param>
/// <param name="ChannelSequence">The channel's number of this command, from 1 on, each used once; required with <paramref name="Channel"/>.</param>
public sealed record PlaceOrder(string CustomerId, string Currency, IReadOnlyList<OrderLine> Lines, string? Channel = null, long? ChannelSequence = null)
    : IChannelCommand;
