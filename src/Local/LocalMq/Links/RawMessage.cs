using Amqp;
using EventSourcing.LocalMq.Queues;

namespace EventSourcing.LocalMq.Links;

/// <summary>A message as it came over the wire: its bytes, not looked into.</summary>
internal sealed class RawMessage(byte[] bytes) : Message
{
    /// <summary>The encoded message.</summary>
    public byte[] Bytes => bytes;
}

/// <summary>What a consumer's link sends: names the message; the bytes travel beside it.</summary>
internal sealed class SentMessage(QueuedMessage queued) : Message
{
    /// <summary>The message in its queue.</summary>
    public QueuedMessage Queued => queued;
}
