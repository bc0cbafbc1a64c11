namespace EventSourcing.LocalKafka.Groups;

/// <summary>States of a consumer group, named as Kafka's tools show them.</summary>
internal enum GroupState
{
    Empty,
    PreparingRebalance,
    CompletingRebalance,
    Stable,
    Dead,
}
