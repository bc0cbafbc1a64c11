using System.Diagnostics;
using Confluent.Kafka;
using EventSourcing.EventBackbone.Publishing;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>One transaction: what is in it, what the client reported on its records, and what its callers were told.</summary>
internal sealed class TransactionAttempt
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);
    private static readonly Error OutcomeUnknown = new(ErrorCode.Local_TimedOut, "the commit was not answered");

    private readonly IReadOnlyList<TopicPartition> _topics;
    private readonly RecordReport?[] _positions;
    private readonly object _gate = new();                    // its monitor is waited on
    private readonly long _begunAt = Stopwatch.GetTimestamp();
    private int _outstanding;
    private int _answered;
    private volatile Error? _failure;

    public TransactionAttempt(List<TransactionUnit> units, IReadOnlyList<TopicPartition> topics)
    {
        (Units, _topics) = (units, topics);
        _positions = new RecordReport?[units.Sum(unit => unit.Records.Count)];
        _outstanding = _positions.Length * topics.Count;
    }

    public List<TransactionUnit> Units { get; }

    public TimeSpan Age => Stopwatch.GetElapsedTime(_begunAt);

    /// <summary>Why it cannot be committed; null while it can.</summary>
    public Error? Failure => _failure;

    /// <summary>True when Kafka will never take one of its records.</summary>
    public bool IsPoisoned => _failure is { } error && IsPoison(error);

    /// <summary>Hands every record, and a copy of it for every further topic, to the client.</summary>
    public void Produce(ITransactionClient client)
    {
        var place = 0;
        foreach (var unit in Units)
            foreach (var record in unit.Records)
            {
                var own = place++;
                for (var topic = 0; topic < _topics.Count && _failure is null; topic++)
                    Produce(client, _topics[topic], record.Record, topic == 0 ? own : -1);
            }
    }

    /// <summary>True when every record is with the broker; false when one failed, the time is over, or the producer stops.</summary>
    public bool WaitUntilSent(ITransactionClient client, TimeSpan deliveryTimeout, Func<bool> stopping)
    {
        while (!IsSettled && !stopping() && Stopwatch.GetElapsedTime(Units[0].AcceptedAt) < deliveryTimeout)
        {
            client.Flush(Slice);
            lock (_gate)
                if (!IsSettled)
                    Monitor.Wait(_gate, Slice / 10);
        }
        return _failure is null && Volatile.Read(ref _outstanding) == 0;
    }

    /// <summary>It is committed: every record of the route's own topic is reported with its position.</summary>
    public void ReportStored()
    {
        if (!Claim())
            return;
        var place = 0;
        foreach (var record in Units.SelectMany(unit => unit.Records))
            record.Delivered(_positions[place++]!);
    }

    /// <summary>The commit was asked for and nobody knows what came of it.</summary>
    public void ReportUnknown()
    {
        if (!Claim())
            return;
        foreach (var unit in Units)
            unit.Report(OutcomeUnknown, PersistenceStatus.PossiblyPersisted);
    }

    /// <summary>True once: for whoever is to answer the callers.</summary>
    public bool Claim() => Interlocked.Exchange(ref _answered, 1) == 0;

    // What was purged fell with another record, whose error is the reason and may come later.
    private bool IsSettled => _failure is { Code: not (ErrorCode.Local_PurgeQueue or ErrorCode.Local_PurgeInflight) } || Volatile.Read(ref _outstanding) == 0;

    private void Produce(ITransactionClient client, TopicPartition topic, Record record, int place)
    {
        try
        {
            client.Produce(topic, record, report => OnReported(report, place));
        }
        catch (KafkaException exception)
        {
            Fail(exception.Error);
        }
    }

    private void OnReported(RecordReport report, int place)
    {
        if (report.Error.IsError)
            Fail(report.Error);
        else if (place >= 0)
            _positions[place] = report;
        if (Interlocked.Decrement(ref _outstanding) == 0)
            Wake();
    }

    private void Fail(Error error)
    {
        lock (_gate)
        {
            if (!IsPoisoned && (_failure is null || IsPoison(error) || !IsSettled))
                _failure = error;
            Monitor.PulseAll(_gate);
        }
    }

    private void Wake()
    {
        lock (_gate)
            Monitor.PulseAll(_gate);
    }

    private static bool IsPoison(Error error) => DeliveryOutcomes.Of(error, PersistenceStatus.NotPersisted) == DeliveryOutcome.Poison;
}
