using System.Text.RegularExpressions;
using EventSourcing.LocalMq.Storage;

namespace EventSourcing.LocalMq.Queues;

/// <summary>The queues of a broker by name; made on first use, up to a bound, and never removed. Thread-safe.</summary>
internal sealed partial class QueueSet
{
    /// <summary>What a queue's dead-letter queue has behind its name.</summary>
    public const string DeadLetterSuffix = ".dlq";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, MessageQueue> _queues = new(StringComparer.Ordinal);
    private readonly QueueSettings _settings;
    private readonly int _most;
    private long _lastId;

    public QueueSet(QueueSettings settings, int most) => (_settings, _most) = (settings, most);

    /// <summary>Every queue.</summary>
    public IReadOnlyList<MessageQueue> All
    {
        get
        {
            lock (_gate)
                return [.. _queues.Values];
        }
    }

    /// <summary>True for what may name a queue: 1 to 200 of <c>[A-Za-z0-9._:/-]</c>.</summary>
    public static bool IsName(string? name) => name is not null && Name().IsMatch(name);

    /// <summary>Puts what the file holds into the queues.</summary>
    public (int Messages, long LastId) Recover(MessageStore store)
    {
        var queues = new Dictionary<long, MessageQueue>();
        foreach (var (id, name) in store.ReadQueues())
        {
            queues[id] = _queues[name] = Make(id, name);
            _lastId = Math.Max(_lastId, id);
        }

        var messages = store.ReadMessages();
        foreach (var message in messages)
        {
            _settings.Disk.Take(message.Length + QueueSettings.Overhead);
            queues[message.QueueId].Add(message, null);
        }

        return (messages.Count, messages.Count == 0 ? 0 : messages[^1].Id);
    }

    /// <summary>The queue of that name; null when it does not exist and there is no room for another one.</summary>
    public MessageQueue? Find(string name)
    {
        lock (_gate)
        {
            if (_queues.TryGetValue(name, out var known))
                return known;
            if (_queues.Count >= _most)
                return null;
            var queue = _queues[name] = Make(++_lastId, name);
            _settings.Writer.Post(new StoreWork(store => store.AddQueue(queue.Id, name)));
            return queue;
        }
    }

    private MessageQueue Make(long id, string name) => new(id, name, _settings, Find);

    [GeneratedRegex("^[A-Za-z0-9._:/-]{1,200}$")]
    private static partial Regex Name();
}
