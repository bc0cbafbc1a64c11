using Amqp;
using Amqp.Framing;

namespace EventSourcing.Till.Sending;

/// <summary>A basket on its way, kept until it has its answer.</summary>
/// <param name="Group">Name of the group, <c>group-id</c> of the message.</param>
/// <param name="First">Number of its first sale within the group, from 1; <c>group-sequence</c> of the message.</param>
/// <param name="Count">Its sales.</param>
/// <param name="Body">The records.</param>
/// <param name="TraceParent">Trace context; null when it is not sampled.</param>
internal sealed record SaleMessage(string Group, long First, int Count, byte[] Body, string? TraceParent)
{
    /// <summary>It was sent, and whether the queue has it is not known.</summary>
    public bool MayHaveBeenSent { get; set; }

    /// <summary>The message id.</summary>
    public string Id => $"{Group}:{First}";

    /// <summary>The message of the next attempt.</summary>
    public Message ToMessage()
    {
        var message = new Message
        {
            Header = new Header { Durable = true },
            Properties = new Properties { MessageId = Id, GroupId = Group, GroupSequence = (uint)First, CreationTime = DateTime.UtcNow },
            BodySection = new Data { Binary = Body },
        };
        if (TraceParent is null && !MayHaveBeenSent)
            return message;
        message.ApplicationProperties = new ApplicationProperties();
        if (TraceParent is not null)
            message.ApplicationProperties["traceparent"] = TraceParent;
        if (MayHaveBeenSent)
            message.ApplicationProperties["redelivery"] = "possible-duplicate";
        return message;
    }
}
