using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests;

public sealed class ApacheKafkaTopology() : Topology("process");

/// <summary>Every scenario again on Apache Kafka.</summary>
public sealed class OnApacheKafka(ApacheKafkaTopology topology) : Scenarios(topology), IClassFixture<ApacheKafkaTopology>;
