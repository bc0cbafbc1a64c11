using System.Diagnostics;
using Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

/// <summary>Makes a span for each message, adds its context to the message, and counts. All else is the client's.</summary>
internal sealed class InstrumentedProducer<TKey, TValue>(IProducer<TKey, TValue> inner) : IProducer<TKey, TValue>
{
    public Handle Handle => inner.Handle;

    public string Name => inner.Name;

    public int AddBrokers(string brokers) => inner.AddBrokers(brokers);

    public void SetSaslCredentials(string username, string password) => inner.SetSaslCredentials(username, password);

    public Task<DeliveryResult<TKey, TValue>> ProduceAsync(string topic, Message<TKey, TValue> message, CancellationToken cancellationToken = default) =>
        ProduceAsync(topic, null, message, () => inner.ProduceAsync(topic, message, cancellationToken));

    public Task<DeliveryResult<TKey, TValue>> ProduceAsync(TopicPartition topicPartition, Message<TKey, TValue> message, CancellationToken cancellationToken = default) =>
        ProduceAsync(topicPartition.Topic, topicPartition.Partition, message, () => inner.ProduceAsync(topicPartition, message, cancellationToken));

    public void Produce(string topic, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler = null) =>
        Produce(topic, null, message, () => inner.Produce(topic, message, deliveryHandler));

    public void Produce(TopicPartition topicPartition, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? deliveryHandler = null) =>
        Produce(topicPartition.Topic, topicPartition.Partition, message, () => inner.Produce(topicPartition, message, deliveryHandler));

    public int Poll(TimeSpan timeout) => inner.Poll(timeout);

    public int Flush(TimeSpan timeout) => inner.Flush(timeout);

    public void Flush(CancellationToken cancellationToken = default) => inner.Flush(cancellationToken);

    public void InitTransactions(TimeSpan timeout) => inner.InitTransactions(timeout);

    public void BeginTransaction() => inner.BeginTransaction();

    public void CommitTransaction(TimeSpan timeout) => inner.CommitTransaction(timeout);

    public void CommitTransaction() => inner.CommitTransaction();

    public void AbortTransaction(TimeSpan timeout) => inner.AbortTransaction(timeout);

    public void AbortTransaction() => inner.AbortTransaction();

    public void SendOffsetsToTransaction(IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata groupMetadata, TimeSpan timeout) =>
        inner.SendOffsetsToTransaction(offsets, groupMetadata, timeout);

    public void Dispose() => inner.Dispose();

    private async Task<DeliveryResult<TKey, TValue>> ProduceAsync(
        string topic, Partition? partition, Message<TKey, TValue> message, Func<Task<DeliveryResult<TKey, TValue>>> produce)
    {
        using var activity = Start(topic, partition, message);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await produce();
            Count(topic, started, null);
            return result;
        }
        catch (ProduceException<TKey, TValue> e)
        {
            Fail(activity, topic, started, e.Error);
            throw;
        }
    }

    private void Produce(string topic, Partition? partition, Message<TKey, TValue> message, Action produce)
    {
        using var activity = Start(topic, partition, message);
        var started = Stopwatch.GetTimestamp();
        try
        {
            produce();
            Count(topic, started, null);
        }
        catch (ProduceException<TKey, TValue> e)
        {
            Fail(activity, topic, started, e.Error);
            throw;
        }
    }

    private Activity? Start(string topic, Partition? partition, Message<TKey, TValue> message)
    {
        var activity = KafkaTelemetry.Source.StartActivity($"{topic} publish", ActivityKind.Producer);
        if (activity is null)
            return null;

        activity.SetTag("messaging.system", "kafka").SetTag("messaging.client_id", Name).SetTag("messaging.destination.name", topic).SetTag("messaging.operation", "publish");
        if (message.Key is not (null or Ignore or Null))
            activity.SetTag("messaging.kafka.message.key", message.Key.ToString());
        if (partition is { } p)
            activity.SetTag("messaging.kafka.destination.partition", p.Value);
        KafkaTelemetry.Inject(activity, message);
        return activity;
    }

    private static void Fail(Activity? activity, string topic, long started, Error error)
    {
        activity?.SetStatus(ActivityStatusCode.Error, error.Reason).SetTag("error.type", error.Code.ToString());
        Count(topic, started, error);
    }

    private static void Count(string topic, long started, Error? error)
    {
        var tags = new TagList
        {
            { "messaging.system", "kafka" }, { "messaging.operation", "publish" }, { "messaging.destination.name", topic },
        };
        if (error is not null)
            tags.Add("error.type", error.Code.ToString());
        KafkaTelemetry.Published.Add(1, tags);
        KafkaTelemetry.PublishDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
    }
}
