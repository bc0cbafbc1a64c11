using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using EventSourcing.LocalMq.Queues;

namespace EventSourcing.LocalMq.Links;

/// <summary>What attaches where: links to queues.</summary>
internal sealed class LinkContainer(QueueSet queues, Intake intake, LocalMqOptions options) : IContainer
{
    private readonly ConcurrentDictionary<IncomingLink, byte> _incoming = new();

    /// <inheritdoc/>
    public IDictionary<string, TransportProvider> CustomTransports { get; } = new Dictionary<string, TransportProvider>();

    /// <inheritdoc/>
    public X509Certificate2 ServiceCertificate => throw new NotSupportedException("This broker has no TLS.");

    /// <inheritdoc/>
    public Message CreateMessage(ByteBuffer buffer) => new RawMessage(MessageBytes.ToArray(buffer));

    /// <inheritdoc/>
    public Link CreateLink(ListenerConnection connection, ListenerSession session, Attach attach) => new ListenerLink(session, attach);

    /// <inheritdoc/>
    public bool AttachLink(ListenerConnection connection, ListenerSession session, Link link, Attach attach)
    {
        var listenerLink = (ListenerLink)link;
        if (attach.Role)
            AttachReceiver(listenerLink, attach);
        else
            AttachSender(listenerLink, attach);
        return false;                                         // the attach is answered already
    }

    /// <summary>Grants credit to senders that got none while the broker was full.</summary>
    public void GrantAll()
    {
        foreach (var link in _incoming.Keys)
            link.GrantWithheld();
    }

    private void AttachReceiver(ListenerLink link, Attach attach)
    {
        var source = attach.Source as Source ?? throw Refuse(ErrorCode.InvalidField, "The attach has no source.");
        if (source.Dynamic)
            throw Refuse(ErrorCode.NotImplemented, "Dynamic sources are not supported: name a queue.");
        if (source.DistributionMode is { } mode && mode.ToString() == "copy")
            throw Refuse(ErrorCode.NotImplemented, "Browsing (distribution-mode copy) is not supported.");
        if (source.FilterSet is { Count: > 0 })
            throw Refuse(ErrorCode.NotImplemented, "Filters are not supported.");
        _ = new OutgoingLink(link, attach.InitialDeliveryCount, Find(source.Address));
        link.CompleteAttach(attach, null);
    }

    private void AttachSender(ListenerLink link, Attach attach)
    {
        var target = attach.Target as Target ?? throw Refuse(ErrorCode.NotImplemented, "Transactions are not supported.");
        if (target.Dynamic)
            throw Refuse(ErrorCode.NotImplemented, "Dynamic targets are not supported: name a queue.");
        var incoming = new IncomingLink(link, Find(target.Address), intake, options.SenderCredit);
        attach.MaxMessageSize = (ulong)options.MaxMessageBytes;
        _incoming.TryAdd(incoming, 0);
        link.Closed += (_, _) => _incoming.TryRemove(incoming, out _);
        link.CompleteAttach(attach, null);
        incoming.Grant();
    }

    private MessageQueue Find(string? address)
    {
        if (!QueueSet.IsName(address))
            throw Refuse(ErrorCode.InvalidField, $"'{address}' is no queue: a name has 1 to 200 of [A-Za-z0-9._:/-].");
        return queues.Find(address!)
            ?? throw Refuse(ErrorCode.ResourceLimitExceeded, $"There are {options.MaxQueues} queues already: raise --max-queues.");
    }

    private static AmqpException Refuse(string condition, string description) => new(condition, description);
}
