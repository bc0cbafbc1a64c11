namespace EventSourcing.LocalKafka.Groups;

/// <summary>What the coordinator allows; names of Kafka's broker settings in the options.</summary>
internal sealed record GroupSettings(TimeSpan InitialRebalanceDelay, TimeSpan MinSessionTimeout, TimeSpan MaxSessionTimeout, int MaxSize);
