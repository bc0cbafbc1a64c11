using Confluent.Kafka;

namespace EventSourcing.Ledger;

/// <summary>
/// Reads all partitions on one thread and adds the records to the book and the tap, a batch at a time. Nothing is queued in between: a slow ledger reads slower,
/// and librdkafka's own fetch queue is bounded to 32 MB.
/// </summary>
internal sealed class TopicReader(
    LedgerClients clients, NewPartitions newPartitions, LedgerBook book, EventTap tap, LedgerTelemetry telemetry, ILogger<TopicReader> logger)
    : BackgroundService
{
    private const int BatchRecords = 500;
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(50);

    private readonly List<ReadRecord> _batch = new(BatchRecords);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(() => Read(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Read(CancellationToken stop)
    {
        using var consumer = clients.CreateConsumer();
        while (!stop.IsCancellationRequested)
        {
            Assign(consumer);
            ReadBatch(consumer);
        }
        consumer.Close();
    }

    private void Assign(IConsumer<byte[]?, byte[]?> consumer)
    {
        var partitions = newPartitions.TakeAll();
        if (partitions.Count == 0)
            return;
        consumer.IncrementalAssign(partitions);
        foreach (var topic in partitions.GroupBy(partition => partition.Topic))
            Log.Reading(logger, topic.Key, topic.Count());
    }

    private void ReadBatch(IConsumer<byte[]?, byte[]?> consumer)
    {
        var wait = IdleWait;
        while (_batch.Count < BatchRecords && Consume(consumer, wait) is { } result)
        {
            wait = TimeSpan.Zero;
            if (result.IsPartitionEOF)
            {
                AddBatch();
                book.SetPosition(result.TopicPartition, result.Offset.Value);
                break;
            }
            _batch.Add(new ReadRecord(result, RecordEnvelope.Read(result.Message)));
        }
        AddBatch();
    }

    private ConsumeResult<byte[]?, byte[]?>? Consume(IConsumer<byte[]?, byte[]?> consumer, TimeSpan wait)
    {
        try
        {
            return consumer.Consume(wait);
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            Log.ConsumeFailed(logger, exception.ConsumerRecord?.Topic ?? "?", exception.Error.Reason);
            return null;
        }
    }

    private void AddBatch()
    {
        if (_batch.Count == 0)
            return;
        foreach (var record in _batch)
            telemetry.Trace(record, clients.Group);
        tap.Add(_batch);
        book.Add(_batch);
        telemetry.Consumed(_batch);
        _batch.Clear();
    }
}
