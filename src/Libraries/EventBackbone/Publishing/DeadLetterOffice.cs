using System.Text;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>Publishes what Kafka refused for good on the route of dead letters.</summary>
internal sealed class DeadLetterOffice(EventPublisher publisher, Uri source) : IDeadLetterOffice
{
    public void Bury(string topic, Record record, Rejection reason, Action<bool> done)
    {
        var contentType = record.Headers is { } headers && headers.TryGetLastBytes("content-type", out var bytes) && bytes is not null
            ? Encoding.UTF8.GetString(bytes) : null;
        var key = record.Key is { } recordKey ? Encoding.UTF8.GetString(recordKey) : null;
        var letter = new DeadLetter(topic, reason, record.Value ?? [], contentType, key);
        publisher.Publish(DeadLetter.Route, letter.ToCloudEvent(source), done, static (receipt, done) => done(receipt.IsAccepted));
    }
}
