using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests;

public sealed class ApacheKafkaTopology() : Topology("process")
{
    protected override bool CanStart => Requires.KafkaHome;
}

/// <summary>Every scenario again on Apache Kafka.</summary>
public sealed class OnApacheKafka : Scenarios, IClassFixture<ApacheKafkaTopology>
{
    public OnApacheKafka(ApacheKafkaTopology topology)
        : base(topology) => Assert.SkipUnless(Requires.KafkaHome, Requires.KafkaHomeReason);

    /// <summary>
    /// Runs only when asked for by name (<c>--explicit only</c>): a restart of Apache Kafka that takes longer than the producers' own timeouts has
    /// left unmarked duplicates and readings out of order, which is not explained yet.
    /// </summary>
    [Fact(Explicit = true)]
    public override Task Broker_KilledUnderLoad_NothingPromisedIsLost() => base.Broker_KilledUnderLoad_NothingPromisedIsLost();
}
