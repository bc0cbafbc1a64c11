using Confluent.Kafka;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>One client of one kind, replaced by a new one when librdkafka declares it broken for good.</summary>
internal sealed class KafkaProducer : IRecordProducer, IDisposable
{
    private readonly ProducerConfig _config;
    private readonly Action _suspect;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private IProducer<byte[]?, byte[]?> _client;
    private bool _disposed;

    /// <param name="config">The client's settings.</param>
    /// <param name="suspect">Runs when the client has lost all brokers.</param>
    /// <param name="logger">Gets the client's own log.</param>
    public KafkaProducer(ProducerConfig config, Action suspect, ILogger logger)
    {
        (_config, _suspect, _logger) = (config, suspect, logger);
        _client = Build();
    }

    public void Produce(TopicPartition topic, Record record, Action<RecordReport> delivered) =>
        Volatile.Read(ref _client).Produce(topic, record, delivered);

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _client.Dispose();
        }
    }

    private IProducer<byte[]?, byte[]?> Build() =>
        new ProducerBuilder<byte[]?, byte[]?>(_config)
            .SetErrorHandler(OnError)
            .SetLogHandler((_, message) => Log.Client(_logger, message.Name, message.Facility, message.Message))
            .Build();

    private void OnError(IProducer<byte[]?, byte[]?> client, Error error)
    {
        if (error.IsFatal)
            Replace(client, error);
        else if (error.Code == ErrorCode.Local_AllBrokersDown)
            _suspect();
    }

    // A fatal error (an idempotent producer that lost its place) fails every record of this client; a new client starts clean.
    private void Replace(IProducer<byte[]?, byte[]?> broken, Error error)
    {
        lock (_gate)
        {
            if (_disposed || !ReferenceEquals(broken, _client))
                return;
            Log.ProducerReplaced(_logger, error.Reason);
            Volatile.Write(ref _client, Build());
        }
        // Not on this thread, which is the client's own; after its last reports have come.
        _ = Task.Run(() =>
        {
            broken.Flush(TimeSpan.FromSeconds(30));
            broken.Dispose();
        });
    }
}
