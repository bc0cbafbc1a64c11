using Amqp;
using Amqp.Framing;

namespace EventSourcing.Till.Sending;

/// <summary>One connection with one sender's link: messages go out unsettled, answers come on the connection's thread.</summary>
internal sealed class SaleLink
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<string> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Connection _connection;
    private readonly SenderLink _link;
    private readonly Action<SaleMessage, SaleAnswer> _answered;

    private SaleLink(Connection connection, string name, string address, Action<SaleMessage, SaleAnswer> answered)
    {
        (_connection, _answered) = (connection, answered);
        var target = new Target { Address = address, Durable = 1, Capabilities = [new Amqp.Types.Symbol("queue")] };
        var session = new Session(connection);
        session.AddClosedCallback((_, error) => Break($"the session ended: {error?.Condition} {error?.Description}".TrimEnd(' ', ':')));
        _link = new SenderLink(session, name, target, (_, attach) =>
        {
            if (attach.Target is Target)
                _attached.TrySetResult();                     // else a detach with the reason follows
        });
        _link.AddClosedCallback((_, error) => Break($"{error?.Condition ?? "closed"} {error?.Description}".TrimEnd()));
    }

    /// <summary>Completes with the reason when the link ends or a message is not taken.</summary>
    public Task<string> Broken => _broken.Task;

    /// <summary>Connects and attaches.</summary>
    /// <exception cref="Exception">The queue is away, or refuses.</exception>
    public static async Task<SaleLink> OpenAsync(
        Address broker, string name, string address, Action<SaleMessage, SaleAnswer> answered, CancellationToken stop)
    {
        var connecting = QueueAddress.ConnectAsync(broker);
        var connection = await connecting.WaitAsync(Timeout, stop);
        var link = new SaleLink(connection, name, address, answered);
        try
        {
            await link._attached.Task.WaitAsync(Timeout, stop);
            return link;
        }
        catch
        {
            await link.CloseAsync();
            throw;
        }
    }

    /// <summary>Sends; the answer comes later, unless the link breaks.</summary>
    public void Send(SaleMessage sale, Message wire)
    {
        try
        {
            _link.Send(wire, OnOutcome, sale);
        }
        catch (Exception gone) when (gone is AmqpException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            Break(gone.Message);
        }
    }

    /// <summary>Ends the connection; messages without an answer get none.</summary>
    public async Task CloseAsync()
    {
        Break("closed");
        try
        {
            await _connection.CloseAsync(Timeout, null).WaitAsync(Timeout);
        }
        catch (Exception gone) when (gone is AmqpException or TimeoutException or ObjectDisposedException or InvalidOperationException or IOException
            or System.Net.Sockets.SocketException)
        {
            // It ended by itself a moment before.
        }
    }

    // While a connection ends, the library rejects what it can no longer send, before the link is said to be closed.
    private bool IsOpen =>
        !_link.IsClosed && _link.LinkState == LinkState.Attached && _link.Session.SessionState == SessionState.Opened
        && _link.Session.Connection.ConnectionState == ConnectionState.Opened;

    private void OnOutcome(ILink link, Message message, Outcome outcome, object state)
    {
        var sale = (SaleMessage)state;
        if (outcome is Accepted)
            _answered(sale, SaleAnswer.Accepted);
        else if (Broken.IsCompleted || !IsOpen)
            _answered(sale, SaleAnswer.Unknown);              // what the library makes up when a link ends
        else if (outcome is Rejected { Error: var error } && error?.Condition != ErrorCode.ResourceLimitExceeded)
            _answered(sale, new SaleAnswer(SaleAnswerKind.Refused, $"{error?.Condition} {error?.Description}"));
        else
            Postpone(sale);
    }

    // The queue is full, or gave the message back: it and all behind it go again, in order.
    private void Postpone(SaleMessage sale)
    {
        _answered(sale, SaleAnswer.NotTaken);
        Break("the queue did not take a message");
    }

    private void Break(string reason)
    {
        _broken.TrySetResult(reason);
        _attached.TrySetException(new InvalidOperationException(reason));
    }
}
