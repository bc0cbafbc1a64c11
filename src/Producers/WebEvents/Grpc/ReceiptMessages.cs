using EventSourcing.EventBackbone;
using EventSourcing.WebEvents.V1;
using Google.Protobuf.WellKnownTypes;
using Receipt = EventSourcing.EventBackbone.Receipt;
using ReceiptMessage = EventSourcing.WebEvents.V1.Receipt;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>Receipts as messages.</summary>
internal static class ReceiptMessages
{
    public static ReceiptMessage ToMessage(this in Receipt receipt, long number, string? id) => new()
    {
        Number = number,
        Id = id ?? "",
        Level = receipt.IsAccepted ? ToMessage(receipt.Level) : Level.Unspecified,
        Topic = receipt.Topic,
        Partition = receipt.Partition,
        Offset = receipt.Offset,
        Rejection = receipt.Rejection is { } refusal ? ToMessage(refusal) : null,
    };

    private static Level ToMessage(ReceiptLevel level) => level switch
    {
        ReceiptLevel.Stored => Level.Stored,
        ReceiptLevel.Spooled => Level.Spooled,
        _ => Level.Queued,
    };

    private static V1.Rejection ToMessage(EventBackbone.Rejection refusal) => new()
    {
        Type = refusal.Type,
        Detail = refusal.Detail,
        RetryAfter = refusal.RetryAfter is { } delay ? Duration.FromTimeSpan(delay) : null,
    };
}
