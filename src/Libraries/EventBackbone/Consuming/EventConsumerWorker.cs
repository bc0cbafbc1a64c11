using Confluent.Kafka;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>
/// One consumer of one group. Its poll thread never waits for the handler, so the group keeps it; the handler's loop stores offsets after
/// the effect. An exception that outlives the retries ends the host: the stored offsets decide where the next start goes on.
/// </summary>
internal sealed class EventConsumerWorker : BackgroundService
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    private readonly string _group;
    private readonly string[] _topics;
    private readonly ConsumingOptions _options;
    private readonly BatchHandler _handler;
    private readonly ConsumerTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly Inbox _inbox;
    private readonly IConsumer<byte[]?, byte[]?> _consumer;
    private bool _disposed;

    public EventConsumerWorker(
        ConsumerConfig config, string[] topics, ConsumingOptions options, BatchHandler handler, ConsumerTelemetry telemetry, ILogger logger)
    {
        (_group, _topics, _options, _handler, _telemetry, _logger) = (config.GroupId, topics, options, handler, telemetry, logger);
        _inbox = new Inbox(options);
        _consumer = new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetPartitionsAssignedHandler((_, partitions) => _inbox.Assign(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => OnRevoked(partitions))
            .SetPartitionsLostHandler((_, partitions) => _inbox.Revoke(partitions.Select(partition => partition.TopicPartition)))
            .SetErrorHandler((_, error) => Log.ConsumerError(_logger, _group, error.Reason))
            .SetLogHandler((_, message) => Log.Client(_logger, message.Name, message.Facility, message.Message))
            .Build();
        Progress = new ConsumerProgress(_consumer, _inbox);
    }

    public ConsumerProgress Progress { get; }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;                                           // registered twice, as itself and as a hosted service
        base.Dispose();
        _consumer.Dispose();
        _inbox.Dispose();
        _telemetry.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var polling = Task.Factory.StartNew(() => Poll(stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var processing = ProcessAsync(stop.Token);
            await await Task.WhenAny(processing, polling);    // whichever fails first
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop, not an error.
        }
        finally
        {
            await stop.CancelAsync();
            await polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _consumer.Close();                                // commits what was stored
        }
    }

    private void Poll(CancellationToken stop)
    {
        _consumer.Subscribe(_topics);
        while (!stop.IsCancellationRequested)
        {
            if (TryConsume() is { } record)
                Take(record);
            if (_inbox.TakeResumable() is { Count: > 0 } resumable)
                _consumer.Resume(resumable.Where(partition => _consumer.Assignment.Contains(partition)));
            _telemetry.Observe(_consumer, _inbox);
        }
    }

    private ConsumedRecord? TryConsume()
    {
        try
        {
            return _consumer.Consume(PollTimeout);
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            Log.ConsumeFailed(_logger, _group, exception.Error.Reason);   // the client goes on by itself
            return null;
        }
    }

    private void Take(ConsumedRecord record)
    {
        if (record.IsPartitionEOF)
        {
            _inbox.NoteEnd(record.TopicPartitionOffset);
            return;
        }
        if (!_inbox.Add(record))
            return;
        _consumer.Pause([record.TopicPartition]);
        Log.Paused(_logger, record.Topic, record.Partition.Value, _options.InboxRecords);
    }

    private async Task ProcessAsync(CancellationToken stop)
    {
        while (true)
        {
            var batch = await _inbox.TakeAsync(stop);
            var last = batch.GroupBy(received => received.Record.TopicPartition).Select(partition => partition.Last().Record).ToArray();
            await _handler.HandleAsync(batch, _inbox.IsCurrent, stop);
            var handled = last.Where(_inbox.IsCurrent)        // what was revoked meanwhile, its next owner handles
                .Select(record => new TopicPartitionOffset(record.TopicPartition, record.Offset + 1)).ToArray();
            foreach (var offset in handled)
                Store(offset);
            _inbox.Release(handled);
        }
    }

    private void Store(TopicPartitionOffset offset)
    {
        try
        {
            _consumer.StoreOffset(offset);
        }
        catch (KafkaException exception) when (exception.Error.Code == ErrorCode.Local_State)
        {
            Log.OffsetNotStored(_logger, offset.Topic, offset.Partition.Value);   // revoked meanwhile: its next owner handles it again
        }
    }

    // The batch in hand may finish, so that its offsets are committed before the partitions go.
    private void OnRevoked(List<TopicPartitionOffset> partitions)
    {
        SpinWait.SpinUntil(() => !_inbox.IsBusy, _options.RevokeTimeout);
        _inbox.Revoke(partitions.Select(partition => partition.TopicPartition));
    }
}
