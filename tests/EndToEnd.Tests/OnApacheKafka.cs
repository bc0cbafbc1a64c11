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
}
