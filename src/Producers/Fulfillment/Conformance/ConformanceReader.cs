using System.Text.Json;
using Confluent.Kafka;
using EventSourcing.EventBackbone;
using EventSourcing.Fulfillment.Contracts;

namespace EventSourcing.Fulfillment.Conformance;

/// <summary>
/// Reads the whole topic <c>process-steps</c> with a consumer of its own, in every replica: it is in no group and commits nothing, so the view is complete wherever it is asked.
/// </summary>
internal sealed class ConformanceReader(ConformanceView view, BackboneClients clients, TimeProvider time, ILogger<ConformanceReader> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                view.Clear();
                await Task.Factory.StartNew(() => Read(stoppingToken), stoppingToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
            catch (KafkaException failure)
            {
                Log.ViewInterrupted(logger, failure.Error.Reason);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private void Read(CancellationToken stop)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(clients.Reader("fulfillment-conformance")).SetLogHandler(static (_, _) => { }).SetErrorHandler(static (_, _) => { }).Build();
        var isWhole = Assign(consumer);
        while (!stop.IsCancellationRequested)
        {
            if (Consume(consumer) is { IsPartitionEOF: false } record && Parse(record.Message) is { } step)
                view.Add(step, record.Message.Headers.TryGetLastBytes("redelivery", out _), isWhole);
        }
    }

    // What passes by itself is no reason to begin again.
    private static ConsumeResult<byte[]?, byte[]?>? Consume(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            return consumer.Consume(Poll);
        }
        catch (ConsumeException passing) when (!passing.Error.IsFatal && passing.Error.Code != ErrorCode.UnknownTopicOrPart)
        {
            return null;
        }
    }

    // True when no partition has lost its beginning.
    private static bool Assign(IConsumer<byte[]?, byte[]?> consumer)
    {
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var topic = admin.GetMetadata(Routes.ProcessSteps.Name, Timeout).Topics.Single();
        if (topic.Error.IsError || topic.Partitions.Count == 0)
            throw new KafkaException(topic.Error.IsError ? topic.Error : new Error(ErrorCode.UnknownTopicOrPart));
        var partitions = topic.Partitions.ConvertAll(partition => new TopicPartition(topic.Topic, partition.PartitionId));
        consumer.Assign(partitions.Select(static partition => new TopicPartitionOffset(partition, Offset.Beginning)));
        return partitions.All(partition => consumer.QueryWatermarkOffsets(partition, Timeout).Low.Value == 0);
    }

    // Other producers' records are not judged.
    private static ProcessStep? Parse(Message<byte[]?, byte[]?> message)
    {
        if (message.Value is null || !message.Headers.TryGetLastBytes("ce_type", out var type) || !type.AsSpan().SequenceEqual("io.eventsourcing.process.step.v1"u8))
            return null;
        try
        {
            return JsonSerializer.Deserialize(message.Value, FulfillmentJson.Default.ProcessStep);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
