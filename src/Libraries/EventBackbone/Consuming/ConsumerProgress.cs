using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>How far a consumer is.</summary>
internal sealed class ConsumerProgress(IConsumer<byte[]?, byte[]?> consumer, Inbox inbox) : IConsumerProgress
{
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public bool HasAssignment => inbox.GetState().Count > 0;

    public async Task WaitUntilCaughtUpAsync(CancellationToken stop)
    {
        while (!HasAssignment)
            await Task.Delay(Interval, stop);
        var ends = await Task.Run(() => inbox.GetState().ToDictionary(state => state.Partition, state => EndOf(state.Partition)), stop);
        while (inbox.GetState().Any(state => ends.TryGetValue(state.Partition, out var end) && Math.Max(0, state.Position) < end))
            await Task.Delay(Interval, stop);
    }

    private long EndOf(TopicPartition partition)
    {
        var offsets = consumer.QueryWatermarkOffsets(partition, QueryTimeout);
        return offsets.High == offsets.Low ? 0 : offsets.High.Value;
    }
}
