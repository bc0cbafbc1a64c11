using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>Passes a receipt on and remembers whether it was a refusal for now.</summary>
internal sealed class WatchedOutcome(IIntakeOutcome inner) : IIntakeOutcome
{
    private readonly Lock _gate = new();
    private Receipt? _refusal;

    /// <summary>The receipt when the event is refused for now; null when it is not, or not yet.</summary>
    public Receipt? Refusal
    {
        get
        {
            lock (_gate)
                return _refusal;
        }
    }

    public void Complete(Receipt receipt)
    {
        if (receipt is { Rejection.Kind: not RejectionKind.Poison })
            lock (_gate)
                _refusal = receipt;
        inner.Complete(receipt);
    }
}
