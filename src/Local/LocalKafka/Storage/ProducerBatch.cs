namespace EventSourcing.LocalKafka.Storage;

/// <summary>One stored batch of an idempotent producer.</summary>
internal readonly record struct ProducerBatch(int FirstSequence, int LastSequence, long BaseOffset, long Timestamp);
