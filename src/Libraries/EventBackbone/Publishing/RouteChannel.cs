using System.Diagnostics;
using Confluent.Kafka;
using EventSourcing.EventBackbone.Kafka;
using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Spooling;
using EventSourcing.EventBackbone.Telemetry;
using EventSourcing.EventBackbone.Transactions;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>
/// One route at work: budget, order of acceptance, and the books. A single short lock guards them all, so that the books balance at any
/// moment; the client, the spool and the callers are called outside of it, with one exception: the spool's queue keeps the order of acceptance.
/// </summary>
internal sealed partial class RouteChannel
{
    private readonly Lock _gate = new();
    private readonly PendingList _inFlight = new();
    private readonly RoomWaiters _waiters = new();
    private readonly IRecordProducer _producer;
    private readonly ITransactionalProducer? _transactions;
    private readonly ISpool? _spool;
    private readonly BackboneTelemetry _telemetry;
    private readonly ILogger _logger;
    private readonly TopicPartition _topic;
    private readonly bool _keepsRecords;
    private long _order;
    private int _bufferEvents;
    private long _bufferBytes;
    private bool _isReachable = true;
    private bool _isStopping;

    public RouteChannel(
        RouteSettings settings, IRecordProducer producer, ISpool? spool, TimeSpan retryAfter, BackboneTelemetry telemetry, ILogger logger)
    {
        Settings = settings;
        Profile = settings.Profile;
        Rejections = new RouteRejections(settings, retryAfter);
        (_producer, _spool, _telemetry, _logger) = (producer, spool, telemetry, logger);
        _transactions = producer as ITransactionalProducer;
        _topic = new TopicPartition(settings.Name, Partition.Any);
        _isSpooling = IsWriteAhead;
        _keepsRecords = settings.UsesSpool || settings.Profile.Receipt == ReceiptLevel.Queued;   // for the spool, for the dead letters
    }

    public RouteSettings Settings { get; }
    public DeliveryProfile Profile { get; }
    public RouteRejections Rejections { get; }
    public string Name => Settings.Name;

    /// <summary>Who takes events that Kafka refuses for good after their receipt was given; null where there is nobody.</summary>
    public IDeadLetterOffice? DeadLetters { get; set; }

    /// <summary>True when every event goes to disk before its receipt.</summary>
    private bool IsWriteAhead => Profile.Receipt == ReceiptLevel.Spooled;

    /// <summary>
    /// Accepts the event, or says why not. <paramref name="room"/> is set, and nothing else has happened, when the route's callers wait
    /// for room: await it and call again with <paramref name="woken"/>.
    /// </summary>
    /// <returns>Null when the event was accepted.</returns>
    public Rejection? TryAccept(PendingEvent pending, bool woken, out Task? room)
    {
        room = null;
        lock (_gate)
        {
            var rejection = Admit(pending, woken, out room, out var toKafka);
            if (rejection is not null)
                _rejected++;
            if (rejection is not null || room is not null || !toKafka)
                return rejection;
        }
        return Profile.Overflow == Overflow.DropOldest ? Pump() : HandToKafka(pending, woken, out room);
    }

    /// <summary>Takes a caller that gave up out of the line for room.</summary>
    public void StopWaiting(Task room)
    {
        lock (_gate)
            if (!_waiters.Leave(room))
                _waiters.WakeFirst();                         // it was woken and does not use it
    }

    private Rejection? Admit(PendingEvent pending, bool woken, out Task? room, out bool toKafka)
    {
        room = null;
        toKafka = !_isSpooling;
        if (_isStopping)
            return Rejections.Stopping;
        if (Failure is not null)
            return Rejections.Fenced;
        if (!_isSpooling && (!_isReachable || _isFenced))
            return Rejections.Unreachable;
        if (_isSpooling && _spoolBytes + pending.Bytes > Profile.SpoolBytes)
            return Full(Rejections.SpoolFull, woken, out room);
        if (!HasRoom(pending.Bytes, woken) && !MakeRoom(pending.Bytes))
            return Full(Rejections.BufferFull, woken, out room);

        Enter(pending);
        if (_isSpooling)
            WriteAhead(pending);
        else if (Profile.Overflow == Overflow.DropOldest)
            _waiting.AddLast(pending);
        else
            _inFlight.AddLast(pending);
        if (woken && _waiters.Count > 0 && HasRoom(1, woken: true))
            _waiters.WakeFirst();                             // room for one more: pass it on
        return null;
    }

    private bool HasRoom(int bytes, bool woken) =>
        (woken || _waiters.Count == 0) && _bufferEvents < Profile.BufferEvents && _bufferBytes + bytes <= Profile.BufferBytes;

    private Rejection? Full(Rejection rejection, bool woken, out Task? room)
    {
        room = Profile.Overflow == Overflow.Wait ? _waiters.Enter(first: woken) : null;
        return room is null ? rejection : null;
    }

    private void Enter(PendingEvent pending)
    {
        pending.Channel = this;
        pending.Order = ++_order;
        pending.AcceptedAt = Stopwatch.GetTimestamp();
        pending.IsAnswered = Profile.Receipt == ReceiptLevel.Queued;
        pending.IsAtKafka = !_isSpooling;
        _bufferEvents++;
        _bufferBytes += pending.Bytes;
        _accepted++;
        _queued++;
    }

    private void ReleaseBuffer(PendingEvent pending)
    {
        _bufferEvents--;
        _bufferBytes -= pending.Bytes;
        if (_waiters.Count > 0)
            _waiters.WakeFirst();
    }
}
