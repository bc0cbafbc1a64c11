using Confluent.Kafka;
using EventSourcing.CloudEvents.Kafka;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Intake;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>
/// Reads the topic <c>assets</c> from its beginning and follows it: every replica has the whole registry and needs no group, no
/// committed offsets and no local state.
/// </summary>
internal sealed class AssetTopicReader(
    DeviceRegistry registry, AssetTopicPosition position, RegistryFreshness freshness, BackboneClients clients,
    ILogger<AssetTopicReader> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var partitions = await FindPartitionsAsync(stoppingToken);
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(clients.Reader("sensor-ingest-registry"))
            .SetLogHandler((_, message) => Log.KafkaClient(logger, message.Message))
            .SetErrorHandler((_, error) => ReportFailure(error.Reason))
            .Build();
        consumer.Assign(partitions.Select(static partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        await Task.Factory.StartNew(
            () => Read(consumer, stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private async Task<IReadOnlyList<TopicPartition>> FindPartitionsAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await Task.Run(freshness.FindPartitions, stop);
            }
            catch (KafkaException absent)
            {
                Log.RegistryWaits(logger, Routes.Assets.Name, absent.Error.Reason);
                await Task.Delay(RetryDelay, stop);
            }
        }
    }

    private void Read(IConsumer<byte[]?, byte[]?> consumer, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (consumer.Consume(stop) is { } result)
                    Handle(result);
            }
            catch (ConsumeException failed) when (!failed.Error.IsFatal)
            {
                ReportFailure(failed.Error.Reason);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    // Once per outage: the client reports every attempt to connect.
    private void ReportFailure(string reason)
    {
        if (!Interlocked.Exchange(ref _failing, true))
            Log.RegistryReadFailed(logger, reason);
    }

    private void Handle(ConsumeResult<byte[]?, byte[]?> result)
    {
        Volatile.Write(ref _failing, false);
        if (!result.IsPartitionEOF)
            Apply(result);
        position.Advance(result.Partition, result.IsPartitionEOF ? result.Offset : result.Offset + 1);
    }

    private void Apply(ConsumeResult<byte[]?, byte[]?> result)
    {
        if (result.Message.Value is null)
        {
            registry.Remove(System.Text.Encoding.UTF8.GetString(result.Message.Key ?? []));
            return;
        }

        try
        {
            var decoded = EventDecoder.DecodeCloudEvent(result.Message.ToCloudEvent(), EventTypes.AssetRegistered, null, possibleDuplicate: false);
            if (decoded.Event is { Asset: { } asset })
                registry.Set(asset);
            else
                Log.RegistrationUnreadable(logger, result.TopicPartitionOffset.ToString(), decoded.Rejection!.Detail);
        }
        catch (ArgumentException foreign)
        {
            Log.RegistrationUnreadable(logger, result.TopicPartitionOffset.ToString(), foreign.Message);
        }
    }
}
