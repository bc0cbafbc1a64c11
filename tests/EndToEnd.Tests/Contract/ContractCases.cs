using EventSourcing.EndToEnd.Tests.Contract.Kinds;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>The cases of the producer contract, as the matrix names them, and the kinds that are held to it.</summary>
public static class ContractCases
{
    public const string Accepted = "accepted event: once, with its key, envelope and data";
    public const string Ordered = "100 events, one after the other: in order per key";
    public const string Repeated = "the same id again: one source and id, a copy marked";
    public const string TooLarge = "too large: refused with the reason, neighbours not held up";
    public const string Malformed = "malformed: refused with the reason, neighbours not held up";
    public const string Unauthorised = "unauthorised: refused, not on the topic";
    public const string Burst = "200 at once: each is answered, what is accepted arrives";
    public const string Traced = "one trace from the sender to the ledger";
    public const string BackboneAway = "backbone killed and away for 10 s: nothing lost, in order";
    public const string BackboneRestarted = "backbone restarted: nothing lost, in order";
    public const string Killed = "service killed with -9 under load: nothing lost, in order";
    public const string Stopped = "service stopped under load: ends with 0, nothing lost, in order";

    public static IReadOnlyList<string> Titles { get; } =
        [Accepted, Ordered, Repeated, TooLarge, Malformed, Unauthorised, Burst, Traced, BackboneAway, BackboneRestarted, Killed, Stopped];

    public static IReadOnlyList<Type> Kinds { get; } =
        [typeof(WebEventsKind), typeof(MobileBffKind), typeof(SensorIngestKind), typeof(OrdersKind), typeof(FulfillmentKind), typeof(SocialFeedKind), typeof(PostgresCdcKind), typeof(MqAdapterKind)];

    /// <summary>The name of a kind in the matrix.</summary>
    public static string NameOf(Type kind) => kind.Name[..^"Kind".Length];
}
