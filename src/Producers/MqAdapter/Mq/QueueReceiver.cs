using System.Threading.Channels;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using EventSourcing.MqAdapter.Intake;
using EventSourcing.MqAdapter.Telemetry;

namespace EventSourcing.MqAdapter.Mq;

/// <summary>
/// One link that receives from a queue. At most the credit's number of messages is unsettled: credit is given back as they are settled, by one
/// loop. After a failure nothing new is taken: what still comes is released.
/// </summary>
internal sealed class QueueReceiver
{
    private readonly Channel<MqDelivery> _decided = Channel.CreateUnbounded<MqDelivery>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly QueueBinding _queue;
    private readonly MessageIntake _intake;
    private readonly MqAdapterTelemetry _telemetry;
    private readonly Action<string> _failed;
    private readonly ReceiverLink _link;
    private readonly Task _settling;
    private readonly int _credit;
    private volatile bool _closing;
    private int _unsettled;
    private int _due;

    public QueueReceiver(Session session, QueueBinding queue, int credit, MessageIntake intake, MqAdapterTelemetry telemetry, Action<string> failed)
    {
        (_queue, _credit, _intake, _telemetry, _failed) = (queue, credit, intake, telemetry, failed);
        var source = new Source { Address = queue.Address, Durable = 1 };
        if (queue.Options.Capability.Length > 0)
            source.Capabilities = [new Symbol(queue.Options.Capability)];
        _link = new ReceiverLink(session, $"{queue.Options.Name}-{Guid.NewGuid():N}", source, OnAttached);
        _link.AddClosedCallback((_, error) => OnClosed(error));
        _settling = SettleAsync();
    }

    /// <summary>Messages received and not settled, count.</summary>
    public int Unsettled => Volatile.Read(ref _unsettled);

    /// <summary>At least one message was accepted: the connection has done work.</summary>
    public bool HasAccepted { get; private set; }

    /// <summary>Returns when the broker has attached the link; then messages flow.</summary>
    /// <exception cref="InvalidOperationException">The broker refused; the message says why.</exception>
    public async Task StartAsync(TimeSpan timeout, CancellationToken stop)
    {
        await _attached.Task.WaitAsync(timeout, stop);
        _link.Start(0, OnMessage);
        _link.SetCredit(_credit, CreditMode.Manual);
    }

    /// <summary>Takes nothing new.</summary>
    public void BeginClose() => _closing = true;

    /// <summary>Ends the loop; what is decided later is forgotten, for the broker has the message.</summary>
    public Task CloseAsync()
    {
        _decided.Writer.TryComplete();
        return _settling;
    }

    private void OnAttached(ILink link, Attach attach)
    {
        if (attach.Source is Source)
            _attached.TrySetResult();                         // else a detach with the reason follows (AMQP 1.0 §2.6.3)
    }

    private void OnClosed(Error? error)
    {
        var reason = $"queue {_queue.Options.Name}: {error?.Condition ?? "closed"} {error?.Description}".TrimEnd();
        _attached.TrySetException(new InvalidOperationException(reason));
        _failed(reason);
    }

    // On the connection's reading thread, one message after the other.
    private void OnMessage(IReceiverLink link, Message message)
    {
        Interlocked.Increment(ref _unsettled);
        var delivery = new MqDelivery(_queue, message, Decided);
        if (_closing)
            delivery.Settle(SettleAs.Released);
        else
            _intake.Take(delivery);
    }

    // On any thread.
    private void Decided(MqDelivery delivery)
    {
        if (delivery is { Outcome: SettleAs.Released, Reason: { } refused })
        {
            _closing = true;                                  // at once, so that what comes behind it does not overtake it
            _failed($"the backbone refused: {refused.Detail}");
        }

        _decided.Writer.TryWrite(delivery);
    }

    private async Task SettleAsync()
    {
        await foreach (var delivery in _decided.Reader.ReadAllAsync())
        {
            try
            {
                Settle(delivery);
            }
            catch (Exception gone) when (gone is AmqpException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                _failed(gone.Message);                        // unsettled: it comes again
            }

            Interlocked.Decrement(ref _unsettled);
        }
    }

    private void Settle(MqDelivery delivery)
    {
        switch (delivery.Outcome)
        {
            case SettleAs.Accepted:
                _link.Accept(delivery.Message);
                HasAccepted = true;
                break;
            case SettleAs.Rejected:
                _link.Reject(delivery.Message, new Error(ErrorCode.DecodeError) { Description = delivery.Reason!.Detail });
                break;
            default:
                _link.Release(delivery.Message);
                break;
        }

        _telemetry.Settled(_queue.Options.Name, delivery.Outcome.ToString().ToLowerInvariant());
        _due++;
        if (_closing || (_due < Math.Max(1, _credit / 4) && Unsettled > 1))
            return;
        _link.SetCredit(_due, CreditMode.Manual);
        _due = 0;
    }
}
