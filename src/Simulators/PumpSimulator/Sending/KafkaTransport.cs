using System.Text;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Kafka;
using EventSourcing.PumpSimulator.Events;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>
/// Straight to the topic, as a device would that holds its own Kafka client: idempotent, acks=all, CloudEvents in binary mode, keyed by
/// asset id. The producer may be shared by all devices.
/// </summary>
internal sealed class KafkaTransport(IProducer<byte[]?, byte[]?> producer, Topics topics, int window, Tracing tracing) : IPumpTransport
{
    /// <inheritdoc/>
    public int Window => window;

    /// <inheritdoc/>
    public bool IsDirect => true;

    /// <inheritdoc/>
    public Task<Answer[]> SendAsync(IReadOnlyList<PumpMessage> messages, CancellationToken giveUp)
    {
        var answers = new Answer[messages.Count];
        var missing = messages.Count;
        var complete = new TaskCompletionSource<Answer[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < messages.Count; i++)
        {
            var index = i;
            Produce(messages[i], answer =>
            {
                answers[index] = answer;
                if (Interlocked.Decrement(ref missing) == 0)
                    complete.TrySetResult(answers);
            });
        }

        return complete.Task.WaitAsync(giveUp);
    }

    /// <summary>The producer is its maker's to dispose.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Produce(PumpMessage message, Action<Answer> answered)
    {
        var topic = topics.Of(message.Kind);
        var span = tracing.StartSend(topic, "kafka", topic);
        var record = message.Event.ToKafkaMessage();
        if (span?.Id is { } traceParent)
            record.Headers.Add("traceparent", Encoding.ASCII.GetBytes(traceParent));
        if (message.MayHaveBeenSent)
            record.Headers.Add("redelivery", "possible-duplicate"u8.ToArray());
        try
        {
            producer.Produce(topic, record, report =>
            {
                span?.Dispose();
                answered(Of(report));
            });
        }
        catch (ProduceException<byte[]?, byte[]?> refused)
        {
            span?.Dispose();
            var full = refused.Error.Code == ErrorCode.Local_QueueFull;
            answered(new Answer(full ? AnswerKind.NotTaken : AnswerKind.Rejected, refused.Error.Reason));
        }
    }

    private static Answer Of(DeliveryReport<byte[]?, byte[]?> report) => report switch
    {
        { Error.IsError: false } => new(AnswerKind.Stored, $"{report.Topic}/{report.Partition.Value}@{report.Offset.Value}"),
        { Status: PersistenceStatus.PossiblyPersisted } => new(AnswerKind.Unknown, report.Error.Reason),
        { Error.Code: ErrorCode.MsgSizeTooLarge or ErrorCode.TopicAuthorizationFailed } => new(AnswerKind.Rejected, report.Error.Reason),
        _ => new(AnswerKind.NotTaken, report.Error.Reason),
    };
}
