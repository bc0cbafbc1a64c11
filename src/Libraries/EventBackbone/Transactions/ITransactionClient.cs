using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>Kafka's transactional client, one call at a time.</summary>
internal interface ITransactionClient : IDisposable
{
    /// <summary>Takes the transactional id over: whoever had it is fenced, and what he left open is ended.</summary>
    TransactionStep Initialise(TimeSpan timeout);

    TransactionStep Begin();

    /// <exception cref="KafkaException">The record was not taken; <paramref name="delivered"/> will not run.</exception>
    void Produce(TopicPartition topic, Record record, Action<RecordReport> delivered);

    /// <summary>Sends what was produced without waiting for more; returns when it is reported on, or after <paramref name="timeout"/>.</summary>
    void Flush(TimeSpan timeout);

    /// <summary>Returns when the broker has answered, or after the transaction's timeout.</summary>
    TransactionStep Commit();

    /// <summary>Forgets what was produced; returns when the broker has answered, or after the transaction's timeout.</summary>
    TransactionStep Abort();
}
