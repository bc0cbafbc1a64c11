using Confluent.Kafka;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>One client of one kind, replaced by a new one when librdkafka declares it broken for good.</summary>
internal sealed class KafkaProducer : IRecordProducer, IDisposable
{
    private static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(30);

    private readonly ProducerConfig _config;
    private readonly Action _suspect;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private IProducer<byte[]?, byte[]?> _client;
    private bool _isReplacing;
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
            _disposed = true;                                 // nobody replaces the client any more
        _client.Dispose();                                    // waits for the client's thread, which may be at the lock
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

    // A fatal error (an idempotent producer that lost its place) fails every record of this client. The new one takes over when all of them have been
    // reported, or after the timeout; until then every record is refused, so that none overtakes one that failed. Not on this thread, the client's own.
    private void Replace(IProducer<byte[]?, byte[]?> broken, Error error)
    {
        lock (_gate)
        {
            if (_disposed || _isReplacing || !ReferenceEquals(broken, _client))
                return;
            _isReplacing = true;
        }
        Log.ProducerReplaced(_logger, error.Reason);
        _ = Task.Run(() =>
        {
            var unreported = broken.Flush(ReportTimeout);
            lock (_gate)
            {
                _isReplacing = false;
                if (_disposed)
                    return;
                Volatile.Write(ref _client, Build());
            }
            if (unreported > 0)
                Log.Unreported(_logger, unreported);
            broken.Dispose();
        });
    }
}
