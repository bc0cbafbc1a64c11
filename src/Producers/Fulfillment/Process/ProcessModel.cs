using System.Collections.Frozen;

namespace EventSourcing.Fulfillment.Process;

/// <summary>
/// The model of the process <c>order-fulfillment</c>: every transition that is allowed. The process takes its next state from here, and the conformance view holds
/// the topic against it.
/// </summary>
internal static class ProcessModel
{
    /// <summary>BAM attribute <c>bampid</c>.</summary>
    public const string Id = "order-fulfillment";

    public const string Success = "success";
    public const string Waiting = "waiting";
    public const string Failure = "failure";

    public const string Started = "started";
    public const string Received = "received";
    public const string Reserved = "reserved";
    public const string Paid = "paid";
    public const string Packed = "packed";
    public const string Refunding = "refunding";
    public const string Releasing = "releasing";
    public const string Ended = "ended";

    public const string Cancel = "cancel-order";
    public const string TimeOut = "time-out";

    public const string Completed = "completed";
    public const string Rejected = "rejected";
    public const string Cancelled = "cancelled";
    public const string TimedOut = "timed-out";

    // The step that is due in a state, and the part of the process it belongs to.
    private static readonly FrozenDictionary<string, (string Transaction, string Step)> Due = new Dictionary<string, (string, string)>
    {
        [Started] = ("order", "receive-order"),
        [Received] = ("warehouse", "reserve-stock"),
        [Reserved] = ("payment", "take-payment"),
        [Paid] = ("warehouse", "pack"),
        [Packed] = ("warehouse", "ship"),
        [Refunding] = ("payment", "refund-payment"),
        [Releasing] = ("warehouse", "release-stock"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<(string From, string Step, string Status), string> Transitions = Build().ToFrozenDictionary();

    /// <summary>The step that is due in <paramref name="state"/>.</summary>
    public static (string Transaction, string Step) DueIn(string state) => Due[state];

    /// <summary>The state after; null when the model does not allow it.</summary>
    public static string? Next(string from, string step, string status) => Transitions.GetValueOrDefault((from, step, status));

    /// <summary>True when a cancellation or the deadline can still change the instance's course.</summary>
    public static bool CanBeInterrupted(string state) => Next(state, Cancel, Success) is not null;

    private static Dictionary<(string, string, string), string> Build()
    {
        var transitions = new Dictionary<(string, string, string), string>
        {
            [(Started, "receive-order", Success)] = Received,
            [(Received, "reserve-stock", Success)] = Reserved,
            [(Received, "reserve-stock", Failure)] = Ended,
            [(Reserved, "take-payment", Success)] = Paid,
            [(Reserved, "take-payment", Failure)] = Releasing,
            [(Paid, "pack", Success)] = Packed,
            [(Packed, "ship", Success)] = Ended,
            [(Refunding, "refund-payment", Success)] = Releasing,
            [(Releasing, "release-stock", Success)] = Ended,
        };
        foreach (var (state, (_, step)) in Due.Where(due => due.Key != Started))
            transitions[(state, step, Waiting)] = state;
        foreach (var interruption in (string[])[Cancel, TimeOut])
        {
            transitions[(Received, interruption, Success)] = Ended;
            transitions[(Reserved, interruption, Success)] = Releasing;
            transitions[(Paid, interruption, Success)] = Refunding;
            transitions[(Packed, interruption, Success)] = Refunding;
        }

        return transitions;
    }
}
