using Confluent.Kafka;
using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Kafka;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>Straight to the topic.</summary>
internal sealed class DirectSender(DirectProducer producer) : IEventSender
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<SendAnswer[]> SendAsync(IReadOnlyList<NumberedEvent> events, CancellationToken stop)
    {
        var answers = new Answers(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            var index = i;
            try
            {
                producer.Produce(events[i], report => answers.Set(index, ToAnswer(report.Error, report.Status)));
            }
            catch (ProduceException<byte[], byte[]> failure)
            {
                answers.Set(index, ToAnswer(failure.Error, PersistenceStatus.NotPersisted));
            }
        }

        return await answers.WaitAsync(stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static SendAnswer ToAnswer(Error error, PersistenceStatus status) => (error, status) switch
    {
        ({ IsError: false }, PersistenceStatus.Persisted) => new SendAnswer(SendStatus.Stored),
        ({ Code: ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidRecord }, _) => new SendAnswer(SendStatus.Rejected, default, error.Reason),
        (_, PersistenceStatus.NotPersisted) => new SendAnswer(SendStatus.Later, Pause, error.Reason),
        _ => new SendAnswer(SendStatus.Unanswered, default, error.Reason),
    };

    /// <summary>Collects the answers of one send; those that come after the wait was given up are dropped with it.</summary>
    private sealed class Answers(int count)
    {
        private readonly Lock _gate = new();
        private readonly SendAnswer[] _answers = new SendAnswer[count];
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing = count;

        public void Set(int index, SendAnswer answer)
        {
            lock (_gate)
            {
                _answers[index] = answer;
                if (--_missing == 0)
                    _all.TrySetResult();
            }
        }

        public async Task<SendAnswer[]> WaitAsync(CancellationToken stop)
        {
            try
            {
                await _all.Task.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                // What has no answer by now is unanswered.
            }

            lock (_gate)
                return [.. _answers];
        }
    }
}
