using Confluent.Kafka;
using EventSourcing.EventBackbone.Transactions;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>A transactional client and its broker under the test's control: what a consumer that reads committed records would see.</summary>
internal sealed class FakeTransactionClient : ITransactionClient
{
    private readonly List<(string Topic, Message<byte[]?, byte[]?> Record, Action<DeliveryReport<byte[]?, byte[]?>> Delivered)> _open = [];

    /// <summary>What is committed, by topic.</summary>
    public List<(string Topic, Message<byte[]?, byte[]?> Record)> Committed { get; init; } = [];

    /// <summary>The sizes of the transactions, aborted ones included.</summary>
    public List<int> Transactions { get; init; } = [];

    /// <summary>The answers of the next commits; without one a commit succeeds. True in <c>Happens</c>: it is committed whatever the answer.</summary>
    public Queue<(TransactionStep Step, bool Happens)> Commits { get; init; } = new();

    /// <summary>Records that the broker refuses for good.</summary>
    public Func<Message<byte[]?, byte[]?>, bool> IsPoison { get; init; } = _ => false;

    /// <summary>What every call answers from now on.</summary>
    public TransactionStep? Broken { get; set; }

    /// <summary>While set, nothing is acknowledged.</summary>
    public bool IsSilent { get; set; }

    public TransactionStep Initialise(TimeSpan timeout) => Broken ?? TransactionStep.Done;

    public TransactionStep Begin() => Broken ?? TransactionStep.Done;

    public void Produce(TopicPartition topic, Message<byte[]?, byte[]?> record, Action<DeliveryReport<byte[]?, byte[]?>> delivered) =>
        _open.Add((topic.Topic, record, delivered));

    public void Flush(TimeSpan timeout)
    {
        if (IsSilent)
            return;
        var poisoned = _open.Exists(sent => IsPoison(sent.Record));   // the broker refuses the request, with all that is in it
        var offset = Committed.Count;
        foreach (var (topic, record, delivered) in _open.ToArray())
            delivered(new DeliveryReport<byte[]?, byte[]?>
            {
                Message = record,
                Topic = topic,
                Partition = 0,
                Offset = offset++,
                Error = new Error(poisoned ? ErrorCode.MsgSizeTooLarge : ErrorCode.NoError),
            });
    }

    public TransactionStep Commit()
    {
        var (step, happens) = Commits.TryDequeue(out var scripted) ? scripted : (TransactionStep.Done, true);
        if (step.Outcome is TransactionOutcome.Done or TransactionOutcome.Broken)
            End(happens);
        return step;
    }

    public TransactionStep Abort()
    {
        End(commit: false);
        return Broken ?? TransactionStep.Done;
    }

    public void Dispose()
    {
    }

    private void End(bool commit)
    {
        Transactions.Add(_open.Count);
        if (commit)
            Committed.AddRange(_open.Select(sent => (sent.Topic, sent.Record)));
        _open.Clear();
    }
}
