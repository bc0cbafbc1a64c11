namespace EventSourcing.Orders.Contracts;

/// <summary>The answer to a command that was done.</summary>
/// <param name="Order">The order after it.</param>
/// <param name="Receipt">The event that is now certain to come.</param>
public sealed record CommandAnswer(OrderView Order, EventReceipt Receipt);

/// <summary>What is certain of a command's event: it was committed with the order's state, and is delivered later.</summary>
/// <param name="Status"><c>spooled</c>: on the database's disk, on its way to the topic.</param>
/// <param name="Topic">The topic it goes to.</param>
/// <param name="Id">CloudEvents <c>id</c>.</param>
/// <param name="Source">CloudEvents <c>source</c>.</param>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Sequence">CloudEvents <c>sequence</c>, when a channel has numbered the command; else the relay numbers the event.</param>
public sealed record EventReceipt(string Status, string Topic, Guid Id, string Source, string Type, string? Sequence = null);
