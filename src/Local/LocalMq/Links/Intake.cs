using Amqp;
using Amqp.Framing;
using EventSourcing.LocalMq.Queues;
using EventSourcing.LocalMq.Storage;

namespace EventSourcing.LocalMq.Links;

/// <summary>How messages come in: checked, within the broker's bound, on disk, then into their queue.</summary>
internal sealed class Intake(QueueSettings settings, LocalMqOptions options, long lastId)
{
    private long _lastId = lastId;
    private volatile bool _isFull;

    /// <summary>True when senders are to be given no credit.</summary>
    public bool IsFull
    {
        get
        {
            var full = settings.Disk.IsFull;
            if (full && !_isFull)
                Log.Full(settings.Logger, options.MaxBytes);
            _isFull = full;
            return full;
        }
    }

    /// <summary>Takes a message; <paramref name="settle"/> runs once, with null when it is on disk, else with the reason of its refusal.</summary>
    public void Take(MessageQueue queue, byte[] bytes, Action<Error?> settle)
    {
        if (FindError(bytes) is { } error)
        {
            settle(error);
            return;
        }

        var cost = bytes.Length + QueueSettings.Overhead;
        if (!settings.Disk.TryTake(cost))
        {
            settle(Full(options.MaxBytes));
            return;
        }

        var stored = default(StoredMessage);
        settings.Writer.Post(new StoreWork(
            store =>
            {
                if (stored.Id == 0)
                    stored = new StoredMessage(++_lastId, queue.Id, bytes.Length, 0);       // the writer's thread: ids are in order of the file
                store.Insert(stored.Id, queue.Id, bytes);
            },
            () =>
            {
                queue.Add(stored, bytes);
                settle(null);
            },
            reason =>
            {
                settings.Disk.Return(cost);
                settle(new Error(ErrorCode.ResourceLimitExceeded) { Description = $"The message cannot be written to disk: {reason}" });
            }));
    }

    private static Error Full(long bytes) => new(ErrorCode.ResourceLimitExceeded)
    {
        Description = $"The broker is full at {bytes} bytes: send it again when messages have been taken, or raise --max-bytes.",
    };

    private Error? FindError(byte[] bytes)
    {
        if (bytes.Length > options.MaxMessageBytes)
        {
            return new Error(ErrorCode.MessageSizeExceeded)
            {
                Description = $"The message has {bytes.Length} bytes; the limit is {options.MaxMessageBytes}.",
            };
        }

        return MessageBytes.FindError(bytes) is { } malformed ? new Error(ErrorCode.DecodeError) { Description = malformed } : null;
    }
}
