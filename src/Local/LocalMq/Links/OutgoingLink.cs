using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using EventSourcing.LocalMq.Queues;

namespace EventSourcing.LocalMq.Links;

/// <summary>A link on which a receiver takes messages. Callbacks come under the session's lock, so they only post to the queue.</summary>
internal sealed class OutgoingLink : IQueueConsumer
{
    private readonly ListenerLink _link;
    private readonly MessageQueue _queue;
    private readonly LinkCredit _credit;
    private bool _isEnding;

    /// <param name="link">The link, not answered yet.</param>
    /// <param name="deliveryCount">Its delivery-count at first.</param>
    /// <param name="queue">Where its messages come from.</param>
    public OutgoingLink(ListenerLink link, uint deliveryCount, MessageQueue queue)
    {
        (_link, _queue, _credit) = (link, queue, new LinkCredit(link, deliveryCount));
        link.InitializeSender(OnCredit, OnDisposition, null);
        link.Closed += (_, _) => queue.Detach(this);
        queue.Attach(this);
    }

    /// <inheritdoc/>
    public string Name => _link.Name;

    /// <inheritdoc/>
    public int Credit => _isEnding ? 0 : _credit.Left;

    /// <inheritdoc/>
    public bool IsPresettled => _link.SettleOnSend;

    /// <inheritdoc/>
    public bool IsDraining => _link.IsDraining;

    /// <inheritdoc/>
    public bool TrySend(QueuedMessage message, byte[] bytes)
    {
        try
        {
            _link.SendMessage(new SentMessage(message), MessageBytes.WithDelivery(bytes, message.DeliveryCount, message.WasDelivered));
            _credit.CountSent();
            return true;
        }
        catch (Exception ending) when (ending is AmqpException or InvalidOperationException or IOException or System.Net.Sockets.SocketException)
        {
            _isEnding = true;                                 // its Detach follows
            return false;
        }
    }

    /// <inheritdoc/>
    public void CompleteDrain()
    {
        try
        {
            _credit.CompleteDrain();
        }
        catch (Exception ending) when (ending is AmqpException or InvalidOperationException or IOException)
        {
            // The link ended a moment before: its Detach follows.
        }
    }

    // While a connection ends, the library rejects in the peer's name what it can no longer send, before the link is said to be closed.
    private bool IsOpen =>
        !_link.IsClosed && _link.LinkState == LinkState.Attached && _link.Session.SessionState == SessionState.Opened
        && _link.Session.Connection.ConnectionState == ConnectionState.Opened;

    private void OnCredit(int raised, Amqp.Types.Fields properties, object state)
    {
        if (_credit.TryTake(raised))
            _queue.CreditChanged();
        else
            _link.Close(TimeSpan.Zero, new Error(ErrorCode.ResourceLimitExceeded) { Description = $"A flow after the first may change the link's credit by at most {LinkCredit.MaxChange}." });
    }

    private void OnDisposition(Message message, DeliveryState state, bool settled, object linkState)
    {
        if (OutcomeOf(state) is not { } outcome)
        {
            if (!settled)
                return;                                       // received, or nothing: no outcome yet
            outcome = new QueueOutcome(OutcomeKind.Released);
        }

        if (!IsOpen && outcome.Kind != OutcomeKind.Accepted)
            return;                                           // the library's own word for what it could not send; Detach counts the delivery as failed
        Action? answer = settled ? null : () => Answer(message, state);
        _queue.Settle(this, ((SentMessage)message).Queued, outcome, answer);
    }

    private void Answer(Message message, DeliveryState state)
    {
        try
        {
            _link.DisposeMessage(message, state, settled: true);
        }
        catch (Exception ending) when (ending is AmqpException or InvalidOperationException or IOException)
        {
            // The link ended; the outcome stands.
        }
    }

    private static QueueOutcome? OutcomeOf(DeliveryState state) => state switch
    {
        Accepted => new(OutcomeKind.Accepted),
        Rejected rejected => new(OutcomeKind.Rejected, rejected.Error?.Condition, rejected.Error?.Description),
        Modified { DeliveryFailed: true } => new(OutcomeKind.Failed),
        Modified or Released => new(OutcomeKind.Released),
        _ => null,
    };
}
