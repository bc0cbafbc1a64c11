namespace EventSourcing.EndToEnd.Tests;

public sealed class LocalKafkaTopology() : Topology("embedded");

/// <summary>Every scenario on LocalKafka.</summary>
public sealed class OnLocalKafka(LocalKafkaTopology topology) : Scenarios(topology), IClassFixture<LocalKafkaTopology>;
