using Confluent.Kafka;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>
/// <see cref="ITransactionClient"/> on librdkafka. Commit and abort take no timeout of their own, as librdkafka advises: they end with the broker's answer or
/// with the transaction's timeout.
/// </summary>
internal sealed class TransactionClient : ITransactionClient
{
    private readonly IProducer<byte[]?, byte[]?> _client;
    private readonly Action _suspect;
    private volatile Error? _fatal;

    public TransactionClient(ProducerConfig config, Action suspect, ILogger logger)
    {
        _suspect = suspect;
        _client = new ProducerBuilder<byte[]?, byte[]?>(config)
            .SetErrorHandler((_, error) => OnError(error))
            .SetLogHandler((_, message) => Log.Client(logger, message.Name, message.Facility, message.Message))
            .Build();
    }

    public TransactionStep Initialise(TimeSpan timeout) => Try(() => _client.InitTransactions(timeout));

    public TransactionStep Begin() => Try(_client.BeginTransaction);

    public void Produce(TopicPartition topic, Record record, Action<RecordReport> delivered) => _client.Produce(topic, record, delivered);

    public void Flush(TimeSpan timeout) => _client.Flush(timeout);

    public TransactionStep Commit() => Try(_client.CommitTransaction);

    public TransactionStep Abort() => Try(_client.AbortTransaction);

    public void Dispose() => _client.Dispose();

    private TransactionStep Try(Action call)
    {
        try
        {
            call();
            return TransactionStep.Done;
        }
        catch (KafkaTxnRequiresAbortException exception)
        {
            return new TransactionStep(TransactionOutcome.MustAbort, exception.Error);
        }
        catch (KafkaRetriableException exception)
        {
            return new TransactionStep(TransactionOutcome.Retry, exception.Error);
        }
        catch (KafkaException exception)
        {
            return new TransactionStep(TransactionOutcome.Broken, _fatal ?? exception.Error);   // the first fatal error is the cause
        }
    }

    private void OnError(Error error)
    {
        if (error.IsFatal)
            _fatal ??= error;
        else if (error.Code == ErrorCode.Local_AllBrokersDown)
            _suspect();
    }
}
