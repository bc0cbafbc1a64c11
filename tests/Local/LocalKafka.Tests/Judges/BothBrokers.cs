namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Runs a theory once against each kind of broker.</summary>
public sealed class BothBrokers : TheoryData<BrokerKind>
{
    public BothBrokers()
        : base(Enum.GetValues<BrokerKind>())
    {
    }
}
