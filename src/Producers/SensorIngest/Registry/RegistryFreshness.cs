using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>
/// Proves that the registry is current: asks Kafka where the topic <c>assets</c> ends now, then waits until the reader has come that far.
/// Whatever was stored before the question is then known here.
/// </summary>
internal sealed class RegistryFreshness(AssetTopicPosition position, BackboneClients clients) : IRegistryFreshness, IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);

    private readonly Lazy<IAdminClient> _admin = new(() =>
        new AdminClientBuilder(clients.Admin("sensor-ingest-registry")).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build());

    private IReadOnlyList<TopicPartition>? _partitions;
    private bool _disposed;

    /// <inheritdoc/>
    public async Task CatchUpAsync(CancellationToken stop)
    {
        var partitions = _partitions ??= await Task.Run(FindPartitions, stop);
        var specs = partitions.Select(static partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = OffsetSpec.Latest() });
        var ends = await _admin.Value.ListOffsetsAsync(specs, new ListOffsetsOptions { RequestTimeout = RequestTimeout }).WaitAsync(stop);
        await position.WaitAsync(
            ends.ResultInfos.ToDictionary(
                static info => info.TopicPartitionOffsetError.Partition.Value,
                static info => info.TopicPartitionOffsetError.Error.IsError
                    ? throw new KafkaException(info.TopicPartitionOffsetError.Error)
                    : info.TopicPartitionOffsetError.Offset.Value),
            stop);
    }

    /// <summary>The topic's partitions.</summary>
    /// <exception cref="KafkaException">The topic does not exist (yet) or Kafka cannot be reached.</exception>
    public IReadOnlyList<TopicPartition> FindPartitions()
    {
        var topic = _admin.Value.GetMetadata(Routes.Assets.Name, RequestTimeout).Topics.Single();
        return topic.Error.IsError || topic.Partitions.Count == 0
            ? throw new KafkaException(topic.Error.IsError ? topic.Error : new Error(ErrorCode.UnknownTopicOrPart))
            : [.. topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId))];
    }

    /// <summary>Closes the client; a second call does nothing (the container disposes once per registered type).</summary>
    public void Dispose()
    {
        if (_admin.IsValueCreated && !Interlocked.Exchange(ref _disposed, true))
            _admin.Value.Dispose();
    }
}
