using Confluent.Kafka;
using EventSourcing.Receipts;
using Microsoft.Extensions.Options;

namespace EventSourcing.Ledger;

/// <summary>
/// Everything the ledger knows, behind one lock: one thread adds batches of records, requests add reports and ask for the judgement.
/// </summary>
internal sealed class LedgerBook
{
    private readonly Lock _gate = new();
    private readonly LedgerOptions _options;
    private readonly TimeProvider _time;
    private readonly DateTime _startedAt;
    private readonly LedgerContents _contents;

    public LedgerBook(IOptions<LedgerOptions> options, TimeProvider time)
    {
        (_options, _time, _startedAt) = (options.Value, time, time.GetUtcNow().UtcDateTime);
        _contents = new LedgerContents(_options);
    }

    /// <summary>Adds records in the order of their partitions, with their envelopes.</summary>
    public void Add(IReadOnlyList<ReadRecord> records)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            foreach (var record in records)
                Add(record, now);
            _contents.Progress.Evaluate();
        }
    }

    /// <summary>Notes that everything before <paramref name="next"/> has been read.</summary>
    public void SetPosition(TopicPartition partition, long next)
    {
        lock (_gate)
        {
            _contents.Progress.SetPosition(partition, next);
            _contents.Progress.Evaluate();
        }
    }

    /// <summary>Notes a look at the partitions' ends; see <see cref="ReadProgress.SetEnds"/>.</summary>
    public void SetEnds(DateTimeOffset takenAt, IReadOnlyDictionary<TopicPartition, long> ends)
    {
        lock (_gate)
            _contents.Progress.SetEnds(takenAt, ends);
    }

    /// <summary>The next offset of each partition.</summary>
    public IReadOnlyDictionary<TopicPartition, long> Positions()
    {
        lock (_gate)
            return _contents.Progress.Positions();
    }

    /// <summary>Notes logs that were cut off; see <see cref="ReadProgress.FindCutOff"/>.</summary>
    public long FindCutOff(IReadOnlyDictionary<TopicPartition, long> before, IReadOnlyDictionary<TopicPartition, long> ends)
    {
        lock (_gate)
            return _contents.Progress.FindCutOff(before, ends);
    }

    public ReportOutcome Take(string reporter, ReceiptsReport report)
    {
        var taken = new TakenReport(report, _time.GetUtcNow());
        lock (_gate)
        {
            var outcome = _contents.Reporters.Take(reporter, report, taken);
            if (outcome == ReportOutcome.Taken)
            {
                foreach (var (topic, source) in taken.Sources.Keys)
                    _contents.Accounts.MarkReported(topic, source);
            }
            return outcome;
        }
    }

    public LedgerReport Judge(LedgerQuery query)
    {
        lock (_gate)
            return new Judgement(_contents, _time.GetUtcNow()).ToReport(query);
    }

    /// <summary>True when nothing can change any more: settled, and no spooled event is missing.</summary>
    public bool IsAtRest()
    {
        var now = _time.GetUtcNow();
        lock (_gate)
            return _contents.IsSettled(now) && new Judgement(_contents, now).SpooledMissing == 0;
    }

    public T Read<T>(Func<LedgerContents, T> read)
    {
        lock (_gate)
            return read(_contents);
    }

    private void Add(in ReadRecord record, DateTimeOffset now)
    {
        var result = record.Result;
        if (!_contents.Progress.Advance(result.TopicPartition, result.Offset.Value))
            return;
        _contents.Topic(result.Topic).Add(now);
        if (result.Topic == _options.DeadLetterTopic)
            _contents.DeadLetters.Add(record.Envelope.Reason);
        else
            AddEvent(result, record.Envelope, now);
    }

    private void AddEvent(ConsumeResult<byte[]?, byte[]?> result, in RecordEnvelope envelope, DateTimeOffset now)
    {
        if (envelope.Source is not { Length: > 0 } source || envelope.Sequence is < 1 or > SequenceSet.MaxSequence)
        {
            _contents.NotSequenced++;
            return;
        }
        if (!_contents.Accounts.TryGet(result.Topic, source, out var account))
            return;
        var record = new LedgerRecord(result.Topic, result.Partition.Value, result.Message.Key, source, envelope.Sequence, envelope.Marked);
        account.Add(record, _contents.LastSequences, now);
        if (result.Message.Timestamp.UtcDateTime >= _startedAt && envelope.Departure(_startedAt) is { } departure)
            account.Measure(now - departure);
    }
}
