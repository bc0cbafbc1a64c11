using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>A way to the topics that keeps the order of each partition and reports once on every record it takes.</summary>
internal interface IRecordProducer
{
    /// <summary>Takes the record; <paramref name="delivered"/> runs once, on the client's thread.</summary>
    /// <exception cref="KafkaException">The record was not taken; <paramref name="delivered"/> will not run.</exception>
    void Produce(TopicPartition topic, Record record, Action<RecordReport> delivered);
}
