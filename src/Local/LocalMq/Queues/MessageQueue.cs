using System.Threading.Channels;
using EventSourcing.LocalMq.Storage;

namespace EventSourcing.LocalMq.Queues;

/// <summary>
/// One queue: messages by order of arrival, consumers that compete for them. All that happens to it is posted and done by one loop, so it
/// needs no lock; a link's callbacks, which hold the session's lock, only post. What is posted is bounded by the links' credit.
/// </summary>
internal sealed partial class MessageQueue
{
    private readonly Channel<Action> _mailbox = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly PriorityQueue<QueuedMessage, long> _waiting = new();
    private readonly Dictionary<IQueueConsumer, HashSet<QueuedMessage>> _unsettled = [];
    private readonly List<IQueueConsumer> _consumers = [];
    private readonly QueueSettings _settings;
    private readonly Func<string, MessageQueue?> _deadLetters;
    private readonly Task _loop;
    private int _next;
    private volatile QueueState _state;

    /// <param name="id">Its id in the file.</param>
    /// <param name="name">Its address.</param>
    /// <param name="settings">What all queues share.</param>
    /// <param name="deadLetters">Finds the queue of a name, for what is rejected; null when there is no room for another queue.</param>
    public MessageQueue(long id, string name, QueueSettings settings, Func<string, MessageQueue?> deadLetters)
    {
        (Id, Name, _settings, _deadLetters) = (id, name, settings, deadLetters);
        _state = new QueueState(name, 0, 0, 0);
        _loop = RunAsync();
    }

    /// <summary>Its id in the file.</summary>
    public long Id { get; }

    /// <summary>Its address.</summary>
    public string Name { get; }

    /// <summary>The queue a moment ago.</summary>
    public QueueState State => _state;

    /// <summary>A message that is durable may be delivered from now on.</summary>
    public void Add(StoredMessage stored, byte[]? bytes) => Post(() =>
    {
        var message = new QueuedMessage(stored);
        if (bytes is not null && _settings.Cache.TryTake(bytes.Length))
            message.Bytes = bytes;
        _waiting.Enqueue(message, message.Id);
    });

    /// <summary>A consumer has come.</summary>
    public void Attach(IQueueConsumer consumer) => Post(() =>
    {
        _consumers.Add(consumer);
        _unsettled[consumer] = [];
    });

    /// <summary>A consumer's credit has changed.</summary>
    public void CreditChanged() => Post(static () => { });

    /// <summary>A consumer is gone: what it has not settled comes again, in order, as a failed delivery.</summary>
    public void Detach(IQueueConsumer consumer) => Post(() =>
    {
        if (!_unsettled.Remove(consumer, out var unsettled))
            return;
        _consumers.Remove(consumer);
        Log.ConsumerGone(_settings.Logger, consumer.Name, Name, unsettled.Count);
        foreach (var message in unsettled)
            Requeue(message, failed: true);
    });

    /// <summary>A consumer says what became of a message.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="message">The message.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="settled">Runs when the outcome is on disk; null when nobody waits for it.</param>
    public void Settle(IQueueConsumer consumer, QueuedMessage message, QueueOutcome outcome, Action? settled) => Post(() =>
    {
        if (!_unsettled.TryGetValue(consumer, out var unsettled) || !unsettled.Remove(message))
            return;
        if (outcome.Kind is OutcomeKind.Accepted)
            Delete(message, settled);
        else if (outcome.Kind is OutcomeKind.Rejected)
            Reject(message, outcome, settled);
        else
            Requeue(message, outcome.Kind is OutcomeKind.Failed, settled);
    });

    /// <summary>Ends the loop when everything posted is done.</summary>
    public Task StopAsync()
    {
        _mailbox.Writer.TryComplete();
        return _loop;
    }

    private void Post(Action action) => _mailbox.Writer.TryWrite(action);

    private async Task RunAsync()
    {
        while (await _mailbox.Reader.WaitToReadAsync())
        {
            while (_mailbox.Reader.TryRead(out var action))
                action();
            Dispatch();
            _state = new QueueState(Name, _waiting.Count, _unsettled.Values.Sum(static held => held.Count), _consumers.Count);
        }
    }

    private void Dispatch()
    {
        while (_waiting.Count > 0 && NextWithCredit() is { } consumer)
            Send(consumer, _waiting.Dequeue());
        foreach (var consumer in _consumers)
        {
            if (consumer is { IsDraining: true, Credit: > 0 })
                consumer.CompleteDrain();
        }
    }

    // Consumers take turns.
    private IQueueConsumer? NextWithCredit()
    {
        for (var i = 0; i < _consumers.Count; i++)
        {
            _next = (_next + 1) % _consumers.Count;
            var candidate = _consumers[_next];
            if (candidate.Credit > 0)
                return candidate;
        }

        return null;
    }
}
