using System.Diagnostics;
using Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

/// <summary>
/// Makes a span for each received message, linked to its sender's, and counts. The span ends before Consume returns: what the
/// application does with the message needs a span of its own. All else is the client's.
/// </summary>
internal sealed partial class InstrumentedConsumer<TKey, TValue>(IConsumer<TKey, TValue> inner, string groupId) : IConsumer<TKey, TValue>
{
    public ConsumeResult<TKey, TValue> Consume(int millisecondsTimeout) => Consume(() => inner.Consume(millisecondsTimeout));

    public ConsumeResult<TKey, TValue> Consume(CancellationToken cancellationToken = default) => Consume(() => inner.Consume(cancellationToken));

    public ConsumeResult<TKey, TValue> Consume(TimeSpan timeout) => Consume(() => inner.Consume(timeout));

    private ConsumeResult<TKey, TValue> Consume(Func<ConsumeResult<TKey, TValue>> consume)
    {
        var (start, started) = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
        try
        {
            var result = consume();
            if (result is { IsPartitionEOF: false, Message: not null })
                Received(result.Topic, result, start, started, null);
            return result;
        }
        catch (ConsumeException e)
        {
            Received(e.ConsumerRecord?.Topic, null, start, started, e.Error);
            throw;
        }
    }

    private void Received(string? topic, ConsumeResult<TKey, TValue>? result, DateTimeOffset start, long started, Error? error)
    {
        var tags = new TagList
        {
            { "messaging.system", "kafka" }, { "messaging.operation", "receive" }, { "messaging.destination.name", topic },
            { "messaging.kafka.consumer.group", groupId },
        };
        if (error is not null)
            tags.Add("error.type", error.Code.ToString());
        KafkaTelemetry.Received.Add(1, tags);
        KafkaTelemetry.ReceiveDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);

        var sender = result is null ? default : KafkaTelemetry.Extract(result.Message);
        using var activity = KafkaTelemetry.Source.StartActivity(ActivityKind.Consumer, default(ActivityContext), tags,
            sender == default ? null : [new ActivityLink(sender)], start, topic is null ? "receive" : $"{topic} receive");
        activity?.SetTag("messaging.client_id", Name)
            .SetTag("messaging.kafka.message.offset", result?.Offset.Value)
            .SetTag("messaging.kafka.destination.partition", result?.Partition.Value);
        if (error is not null)
            activity?.SetStatus(ActivityStatusCode.Error, error.Reason);
    }
}
