using EventSourcing.EventBackbone;
using EventSourcing.Orders.Options;

namespace EventSourcing.Orders;

/// <summary>Why this service refuses a request for now, beside the reasons of every HTTP intake.</summary>
internal static class OrdersRefusals
{
    private const string DatabaseAwayType = "urn:eventsourcing:database-unreachable";
    private const string OutboxFullType = "urn:eventsourcing:outbox-full";
    private const string SlotLostType = "urn:eventsourcing:outbox-lost";

    /// <summary>Nothing was done.</summary>
    public static Rejection DatabaseAway(TimeSpan retryAfter) => Later(DatabaseAwayType, "The database cannot be used now; nothing was done.", retryAfter);

    /// <summary>The connection ended between command and answer.</summary>
    public static Rejection OutcomeUnknown(TimeSpan retryAfter) => Later(
        Rejection.OutcomeUnknownType, "The database did not say what became of the command; send it again with the same Idempotency-Key to find out.", retryAfter);

    /// <summary>Kafka has been away for too long.</summary>
    public static Rejection OutboxFull(long limit, OutboxKind kind, TimeSpan retryAfter) => Later(
        OutboxFullType, $"The outbox is full ({limit} {(kind == OutboxKind.Table ? "events" : "bytes of WAL")}).", retryAfter);

    /// <summary>An event committed now would have no way out.</summary>
    public static Rejection SlotLost(TimeSpan retryAfter) => Later(SlotLostType, "The outbox's replication slot is lost; an operator must look.", retryAfter);

    private static Rejection Later(string type, string detail, TimeSpan retryAfter) => new(RejectionKind.Unavailable, type, detail, retryAfter);
}
