using System.Diagnostics;
using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>An accepted event on its way. Pooled, with one delivery delegate for its whole life: accepting an event allocates nothing here.</summary>
internal sealed class PendingEvent
{
    public PendingEvent() => Delivered = report => Channel.OnDelivered(this, report);

    /// <summary>What the client calls with the delivery report.</summary>
    public Action<DeliveryReport<byte[]?, byte[]?>> Delivered { get; }

    public RouteChannel Channel { get; set; } = null!;
    public Message<byte[]?, byte[]?> Record { get; set; } = null!;
    public int Bytes { get; set; }

    /// <summary>Place in the route's order of acceptance.</summary>
    public long Order { get; set; }

    /// <summary><see cref="Stopwatch.GetTimestamp"/> when it was accepted.</summary>
    public long AcceptedAt { get; set; }

    /// <summary>Who waits; null when the receipt was given.</summary>
    public IReceiptSink? Sink { get; set; }
    public int SinkIndex { get; set; }

    /// <summary>True when the caller has a receipt that cannot be taken back.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>The <c>send</c> span of a sampled event.</summary>
    public Activity? Span { get; set; }

    /// <summary>True while the client has it and has not reported.</summary>
    public bool IsAtKafka { get; set; }

    /// <summary>True when it is stored or given up, whatever its copy does.</summary>
    public bool IsResolved { get; set; }

    /// <summary>True when the client had it before it was to go to disk: it may be stored already.</summary>
    public bool IsCopy { get; set; }

    /// <summary>How far its way to the spool is.</summary>
    public SpoolCopy Copy { get; set; }

    public PendingEvent? Previous { get; set; }
    public PendingEvent? Next { get; set; }

    public void Reset()
    {
        Channel = null!;
        Record = null!;
        Sink = null;
        Span = null;
        IsAnswered = IsAtKafka = IsResolved = IsCopy = false;
        Copy = SpoolCopy.None;
        Previous = Next = null;
    }
}

/// <summary>How far an event's way to the spool is.</summary>
internal enum SpoolCopy
{
    /// <summary>Not asked for.</summary>
    None,

    /// <summary>Queued for the spool's writer.</summary>
    Requested,

    /// <summary>On disk.</summary>
    Written,
}
