using System.Threading.Channels;
using EventSourcing.SensorIngest.Options;
using MQTTnet;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// One connection's life: received messages go to the intake in order and are acknowledged in order. At most Receive Maximum of them are
/// unacknowledged. What is not acknowledged when the connection ends is forgotten here; the broker delivers it again.
/// </summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttDelivery> _inbox = Channel.CreateUnbounded<MqttDelivery>(new UnboundedChannelOptions { SingleReader = true });
    private readonly AckQueue _acks = new();
    private readonly SemaphoreSlim _window;
    private readonly CancellationTokenSource _ended = new();
    private readonly MqttSourceOptions _options;
    private readonly MqttDeliveryProcessor _processor;
    private volatile bool _closing;
    private volatile bool _failed;
    private string _endReason = "closed";

    /// <summary>Prepares a connection that has still to be opened.</summary>
    public MqttConnection(MqttSourceOptions options, MqttDeliveryProcessor processor)
    {
        (_options, _processor) = (options, processor);
        _window = new SemaphoreSlim(options.ReceiveMaximum);
        _client.ApplicationMessageReceivedAsync += ReceiveAsync;
        _client.DisconnectedAsync += disconnected =>
        {
            End(disconnected.ReasonString is { Length: > 0 } text ? text : disconnected.Exception?.Message ?? disconnected.Reason.ToString());
            WasTakenOver = disconnected.Reason == MqttClientDisconnectReason.SessionTakenOver;
            return Task.CompletedTask;
        };
    }

    /// <summary>Messages received and not acknowledged, count.</summary>
    public int Unacknowledged => _options.ReceiveMaximum - _window.CurrentCount;

    /// <summary>At least one message was acknowledged: the connection has done work.</summary>
    public bool HasAcknowledged { get; private set; }

    /// <summary>Another client connected with the same client id.</summary>
    public bool WasTakenOver { get; private set; }

    /// <summary>Connects; messages of the session start to flow at once.</summary>
    public Task<MqttClientConnectResult> ConnectAsync(MqttClientOptions options, CancellationToken stop) => _client.ConnectAsync(options, stop);

    /// <summary>Subscribes with QoS 1.</summary>
    /// <exception cref="InvalidOperationException">The broker refused a filter; the message says which and why.</exception>
    public async Task SubscribeAsync(IReadOnlyList<string> filters, CancellationToken stop)
    {
        var subscribe = new MqttClientSubscribeOptionsBuilder();
        foreach (var filter in filters)
            subscribe.WithTopicFilter(topic => topic.WithTopic(filter).WithAtLeastOnceQoS());
        var result = await _client.SubscribeAsync(subscribe.Build(), stop);
        foreach (var item in result.Items)
        {
            if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
                throw new InvalidOperationException($"The broker refused the subscription {item.TopicFilter.Topic}: {item.ResultCode}.");
        }
    }

    /// <summary>Runs until the connection ends, a delivery fails, or <paramref name="stop"/>; returns why it ended.</summary>
    public async Task<string> RunAsync(CancellationToken stop)
    {
        var processing = ProcessAsync();
        var acknowledging = _acks.RunAsync(Acknowledged, _ended.Token);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stop.Register(() => stopped.TrySetResult()))
            await Task.WhenAny(acknowledging, processing, stopped.Task);
        if (stop.IsCancellationRequested)
            await DrainAsync(acknowledging);
        else if (acknowledging.IsCompletedSuccessfully)
            End((await acknowledging).Failure!.Detail);
        else if (acknowledging.IsFaulted)
            End(acknowledging.Exception.GetBaseException().Message);
        await CloseAsync();
        await processing;
        await Task.WhenAny(acknowledging);
        return _endReason;
    }

    /// <summary>Forgets what is not acknowledged.</summary>
    public ValueTask DisposeAsync()
    {
        End(_endReason);
        _client.Dispose();      // a callback of the client may still be under way, so what it uses is left to the collector
        return ValueTask.CompletedTask;
    }

    private async Task ReceiveAsync(MqttApplicationMessageReceivedEventArgs received)
    {
        received.AutoAcknowledge = false;
        if (_closing)
            return;
        var delivery = new MqttDelivery(received, _options.MaxPayloadBytes, (own, receipt) => _processor.Complete(own, receipt, Settled));
        try
        {
            await _window.WaitAsync(_ended.Token);      // waits only when the broker ignores Receive Maximum
            _inbox.Writer.TryWrite(delivery);
        }
        catch (OperationCanceledException)
        {
            // The connection is over: the broker has the message and delivers it again.
        }
    }

    private async Task ProcessAsync()
    {
        await foreach (var delivery in _inbox.Reader.ReadAllAsync())
        {
            if (_failed || _ended.IsCancellationRequested)
                continue;                               // it comes again after the one that failed: order is kept
            _acks.Add(delivery);
            _processor.Process(delivery, _client.Options.ClientId);
        }
    }

    private void Settled(MqttDelivery delivery)
    {
        _failed |= delivery.State == DeliveryState.Failed && delivery.IsAcknowledged;
        _acks.Ring();
    }

    private void Acknowledged()
    {
        HasAcknowledged = true;
        _window.Release();
    }

    // A stop takes nothing new and waits for the receipts that are outstanding; the rest stays with the broker.
    private async Task DrainAsync(Task acknowledging)
    {
        _closing = true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        patience.CancelAfter(_options.DrainTimeout);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        try
        {
            while (_window.CurrentCount < _options.ReceiveMaximum && !acknowledging.IsCompleted)
                await poll.WaitForNextTickAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Out of patience, or the connection is gone.
        }
    }

    private async Task CloseAsync()
    {
        _closing = true;
        if (_client.IsConnected)
        {
            using var patience = new CancellationTokenSource(_options.Timeout);
            try
            {
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), patience.Token);
            }
            catch (Exception gone) when (gone is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException or ObjectDisposedException)
            {
                End(gone.Message);
            }
        }

        End(_endReason);
    }

    private void End(string reason)
    {
        if (!_ended.IsCancellationRequested)
            _endReason = reason;
        _ended.Cancel();
        _inbox.Writer.TryComplete();
    }
}
