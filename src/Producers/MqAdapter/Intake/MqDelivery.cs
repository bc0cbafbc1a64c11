using System.Text;
using Amqp;
using Amqp.Framing;
using EventSourcing.EventBackbone;
using EventSourcing.MqAdapter.Mq;

namespace EventSourcing.MqAdapter.Intake;

/// <summary>One received message and what becomes of it. Its receipts come on any thread; the queue's own loop settles it.</summary>
internal sealed class MqDelivery
{
    private readonly Action<MqDelivery> _decided;
    private readonly Lock _gate = new();
    private int _missing;
    private bool _anyStored;
    private Rejection? _worst;

    public MqDelivery(QueueBinding queue, Message message, Action<MqDelivery> decided)
    {
        (Queue, Message, _decided) = (queue, message, decided);
        (Body, IsString) = message.BodySection switch
        {
            Data data => (data.Binary ?? [], false),
            AmqpValue { Value: byte[] bytes } => (bytes, false),
            AmqpValue { Value: string text } => (Encoding.UTF8.GetBytes(text), true),
            _ => (null, false),
        };
        var id = MessageText.MessageId(message);
        HasId = id is not null;
        Id = id ?? MessageText.Digest(queue.Options.Name, Body);
        IsRedelivered = MessageText.IsRedelivered(message);
        IsPossibleDuplicate = IsRedelivered || MessageText.Property(message, "redelivery") == "possible-duplicate";
    }

    /// <summary>Its queue.</summary>
    public QueueBinding Queue { get; }

    /// <summary>The message.</summary>
    public Message Message { get; }

    /// <summary>The body's bytes; null when it has none that are taken here.</summary>
    public byte[]? Body { get; }

    /// <summary>The body came as a string.</summary>
    public bool IsString { get; }

    /// <summary>The sender gave it an id.</summary>
    public bool HasId { get; }

    /// <summary>The message id, or the digest that stands for it.</summary>
    public string Id { get; }

    /// <summary>The broker says that it was delivered before.</summary>
    public bool IsRedelivered { get; }

    /// <summary>Its events may be on the topic already: the broker says so, the sender does (application property <c>redelivery</c>), or it was seen here.</summary>
    public bool IsPossibleDuplicate { get; set; }

    /// <summary>How it is to be settled.</summary>
    public SettleAs Outcome { get; private set; }

    /// <summary>Why it is not accepted.</summary>
    public Rejection? Reason { get; private set; }

    /// <summary>Some of its events are stored, whatever became of the others.</summary>
    public bool IsPartlyStored => _anyStored;

    /// <summary>So many receipts are to come; <paramref name="completed"/> runs with the worst of them when all are there.</summary>
    public void Expect(int receipts, Action<MqDelivery, Rejection?> completed)
    {
        _missing = receipts;
        Completed = completed;
    }

    /// <summary>One of its receipts.</summary>
    public void Complete(Receipt receipt)
    {
        Rejection? worst;
        lock (_gate)
        {
            _anyStored |= receipt.IsAccepted;
            // What can be tried again decides over what cannot: all of the message comes again.
            if (receipt.Rejection is { } rejection && (_worst is null || _worst.Kind == RejectionKind.Poison))
                _worst = rejection;
            if (--_missing > 0)
                return;
            worst = _worst;
        }

        Completed!(this, worst);
    }

    /// <summary>Decides; the queue's loop does the rest.</summary>
    public void Settle(SettleAs outcome, Rejection? reason = null)
    {
        (Outcome, Reason) = (outcome, reason);
        _decided(this);
    }

    private Action<MqDelivery, Rejection?>? Completed { get; set; }
}

/// <summary>AMQP 1.0 §3.4: the outcomes that every broker knows.</summary>
internal enum SettleAs
{
    /// <summary>All its events are stored.</summary>
    Accepted,

    /// <summary>Not now: it comes again.</summary>
    Released,

    /// <summary>Poison, kept as a dead letter.</summary>
    Rejected,
}
