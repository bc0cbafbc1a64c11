using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using EventSourcing.LocalMq.Queues;

namespace EventSourcing.LocalMq.Links;

/// <summary>
/// A link on which a sender puts messages. It is granted credit for so many messages that no more than the window are under way, and none
/// while the broker is full. A message is accepted when it is on disk.
/// </summary>
internal sealed class IncomingLink
{
    private readonly Lock _gate = new();
    private readonly ListenerLink _link;
    private readonly MessageQueue _queue;
    private readonly Intake _intake;
    private readonly int _window;
    private int _underway;
    private int _granted;
    private bool _isStarved;

    public IncomingLink(ListenerLink link, MessageQueue queue, Intake intake, int window)
    {
        (_link, _queue, _intake, _window) = (link, queue, intake, window);
        link.InitializeReceiver(0, OnMessage, null);
    }

    /// <summary>Grants what is due when at least half of the window is free, or when nothing is granted at all.</summary>
    public void Grant()
    {
        lock (_gate)
        {
            var due = _window - _underway;
            if (_link.IsClosed || due <= _granted || (_granted > 0 && due - _granted < _window / 2))
                return;
            _isStarved = _intake.IsFull;
            if (_isStarved)
                return;
            _granted = due;
            try
            {
                _link.SetCredit(due, drain: false, autoRestore: false);
            }
            catch (AmqpException)
            {
                _granted = 0;                                 // the link is ending
            }
        }
    }

    /// <summary>Grants what was withheld while the broker was full.</summary>
    public void GrantWithheld()
    {
        if (Volatile.Read(ref _isStarved))
            Grant();
    }

    private void OnMessage(ListenerLink link, Message message, DeliveryState state, object linkState)
    {
        lock (_gate)
        {
            _underway++;
            _granted--;
        }

        _intake.Take(_queue, ((RawMessage)message).Bytes, refusal => Settle(message, refusal));
    }

    // On the store's thread, or at once for what is refused. The credit goes first: a sender that has all its answers may detach, and a
    // flow after that would end its session.
    private void Settle(Message message, Error? refusal)
    {
        lock (_gate)
            _underway--;
        Grant();
        try
        {
            _link.DisposeMessage(message, refusal is null ? new Accepted() : new Rejected { Error = refusal }, settled: true);
        }
        catch (Exception ending) when (ending is AmqpException or InvalidOperationException or IOException or System.Net.Sockets.SocketException)
        {
            // The sender is gone without its answer: it will ask again.
        }
    }
}
