using Amqp;
using EventSourcing.MqAdapter.Intake;
using EventSourcing.MqAdapter.Options;
using EventSourcing.MqAdapter.Telemetry;

namespace EventSourcing.MqAdapter.Mq;

/// <summary>One connection's life: one session, a link per queue. What is not settled when it ends comes again.</summary>
internal sealed class MqConnection
{
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Connection _connection;
    private readonly MqOptions _options;
    private readonly List<QueueReceiver> _receivers = [];
    private volatile bool _isOpen = true;

    private MqConnection(Connection connection, MqOptions options)
    {
        (_connection, _options) = (connection, options);
        connection.AddClosedCallback((_, error) =>
        {
            _isOpen = false;
            Fail(error is null ? "the connection was closed" : $"{error.Condition} {error.Description}".TrimEnd());
        });
    }

    /// <summary>Messages received and not settled, count.</summary>
    public int Unsettled => _receivers.Sum(static receiver => receiver.Unsettled);

    /// <summary>At least one message was accepted.</summary>
    public bool HasAccepted => _receivers.Exists(static receiver => receiver.HasAccepted);

    /// <summary>Connects and attaches every queue.</summary>
    /// <exception cref="Exception">The broker cannot be reached, or refuses.</exception>
    public static async Task<MqConnection> OpenAsync(
        MqAddress address, MqOptions options, IEnumerable<QueueBinding> queues, MessageIntake intake, MqAdapterTelemetry telemetry, CancellationToken stop)
    {
        var opening = address.ToFactory(options).CreateAsync(address.ToAddress());
        MqConnection own;
        try
        {
            own = new MqConnection(await opening.WaitAsync(options.Timeout, stop), options);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            _ = opening.ContinueWith(static done => done.Result.CloseAsync(), stop, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }

        try
        {
            var session = new Session(own._connection);
            session.AddClosedCallback((_, error) => own.Fail($"the session ended: {error?.Condition} {error?.Description}".TrimEnd(' ', ':')));
            foreach (var queue in queues)
                own._receivers.Add(new QueueReceiver(session, queue, options.Credit, intake, telemetry, own.Fail));
            foreach (var receiver in own._receivers)
                await receiver.StartAsync(options.Timeout, stop);
            return own;
        }
        catch
        {
            await own.CloseAsync();
            throw;
        }
    }

    /// <summary>Runs until the connection or a link ends, the backbone refuses, or <paramref name="stop"/>; returns why.</summary>
    public async Task<string> RunAsync(CancellationToken stop)
    {
        await using (stop.Register(() => Fail("stopped")))
            await _ended.Task;
        await CloseAsync();
        return await _ended.Task;
    }

    private void Fail(string reason) => _ended.TrySetResult(reason);

    // Receipts that are outstanding are waited for and settled; the rest stays with the broker.
    private async Task CloseAsync()
    {
        _receivers.ForEach(static receiver => receiver.BeginClose());
        using var patience = new CancellationTokenSource(_options.DrainTimeout);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        try
        {
            while (_isOpen && Unsettled > 0)
                await poll.WaitForNextTickAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Out of patience.
        }

        try
        {
            await _connection.CloseAsync(_options.Timeout, null).WaitAsync(_options.Timeout);
        }
        catch (Exception gone) when (gone is AmqpException or TimeoutException or ObjectDisposedException or InvalidOperationException or IOException
            or System.Net.Sockets.SocketException)
        {
            // It ended by itself a moment before.
        }

        await Task.WhenAll(_receivers.Select(static receiver => receiver.CloseAsync()));
    }
}
