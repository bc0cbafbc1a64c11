using System.Text.Json;
using EventSourcing.CloudEvents;
using EventSourcing.Orders.Contracts;

namespace EventSourcing.Orders.Outbox;

/// <summary>An event as a transaction leaves it in the outbox.</summary>
/// <param name="Id">Made with the event, committed with it: CloudEvents <c>id</c>, whoever relays it and how often.</param>
/// <param name="AggregateType">What the event is about: <c>order</c>.</param>
/// <param name="AggregateId">Which one: record key and <c>subject</c>.</param>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Payload">The event's data.</param>
/// <param name="Time">CloudEvents <c>time</c>.</param>
/// <param name="Source">CloudEvents <c>source</c>.</param>
/// <param name="Sequence">The channel's number; null when the relay numbers the event.</param>
/// <param name="TraceParent">The context of the request, when it is sampled.</param>
internal sealed record OutboxMessage(
    Guid Id, string AggregateType, string AggregateId, string Type, JsonElement Payload, DateTimeOffset Time, string Source, long? Sequence = null,
    string? TraceParent = null)
{
    /// <summary>The one aggregate of this service.</summary>
    public const string Order = "order";

    /// <summary>What the client is told of it.</summary>
    public EventReceipt ToReceipt() =>
        new("spooled", Routes.Orders.Name, Id, Source, Type, Sequence is { } number ? EventAttributes.FormatSequence(number) : null);
}
