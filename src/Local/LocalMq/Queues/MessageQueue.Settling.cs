using EventSourcing.LocalMq.Links;
using EventSourcing.LocalMq.Storage;
using Microsoft.Data.Sqlite;

namespace EventSourcing.LocalMq.Queues;

/// <content>What becomes of messages: sent, deleted, put back, kept as dead letters.</content>
internal sealed partial class MessageQueue
{
    private void Send(IQueueConsumer consumer, QueuedMessage message)
    {
        if (TakeBytes(message) is not { } bytes)
            return;
        _unsettled[consumer].Add(message);
        if (!consumer.TrySend(message, bytes))
        {
            _unsettled[consumer].Remove(message);
            _waiting.Enqueue(message, message.Id);
            return;
        }

        message.WasDelivered = true;
        if (!consumer.IsPresettled)
            return;
        _unsettled[consumer].Remove(message);
        Delete(message, null);
    }

    private byte[]? TakeBytes(QueuedMessage message)
    {
        if (message.Bytes is { } kept)
        {
            message.Bytes = null;
            _settings.Cache.Return(kept.Length);
            return kept;
        }

        try
        {
            return _settings.Reader.Read(message.Id);
        }
        catch (Exception exception) when (exception is SqliteException or InvalidDataException)
        {
            Log.NotReadable(_settings.Logger, message.Id, Name, exception.Message);
            return null;
        }
    }

    private void Requeue(QueuedMessage message, bool failed, Action? settled = null)
    {
        if (failed)
        {
            var deliveries = ++message.DeliveryCount;
            _settings.Writer.Post(new StoreWork(store => store.Count(message.Id, deliveries), settled));
        }
        else
        {
            settled?.Invoke();
        }

        _waiting.Enqueue(message, message.Id);
    }

    private void Delete(QueuedMessage message, Action? settled) => _settings.Writer.Post(new StoreWork(
        store => store.Delete(message.Id),
        () =>
        {
            _settings.Disk.Return(message.Length + QueueSettings.Overhead);
            settled?.Invoke();
        }));

    private void Reject(QueuedMessage message, QueueOutcome outcome, Action? settled)
    {
        if (Name.EndsWith(QueueSet.DeadLetterSuffix, StringComparison.Ordinal))
        {
            Log.Discarded(_settings.Logger, Name, outcome.Reason);
            Delete(message, settled);
            return;
        }

        if (_deadLetters(Name + QueueSet.DeadLetterSuffix) is not { } deadLetters || TakeBytes(message) is not { } bytes)
        {
            Requeue(message, failed: true, settled);          // nowhere to keep it: it stays where it is
            return;
        }

        Log.DeadLettered(_settings.Logger, Name, outcome.Reason, deadLetters.Name);
        var annotated = MessageBytes.WithReason(bytes, outcome.Condition, outcome.Description);
        _settings.Disk.Take(annotated.Length - message.Length);
        _settings.Writer.Post(new StoreWork(
            store => store.Move(message.Id, deadLetters.Id, annotated),
            () =>
            {
                deadLetters.Add(new StoredMessage(message.Id, deadLetters.Id, annotated.Length, 0), null);
                settled?.Invoke();
            }));
    }
}
