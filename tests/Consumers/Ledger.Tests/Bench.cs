using Confluent.Kafka;
using EventSourcing.Receipts;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.Ledger.Tests;

/// <summary>A ledger's book without Kafka: records are put in, the clock is the test's.</summary>
internal sealed class Bench
{
    public const string Topic = "sensor-readings";

    private readonly Dictionary<TopicPartition, long> _ends = [];
    private readonly DateTimeOffset _startedAt;
    private long _number;

    public Bench(Action<LedgerOptions>? configure = null)
    {
        var options = new LedgerOptions { BootstrapServers = "none", LostAfter = TimeSpan.FromSeconds(30) };
        configure?.Invoke(options);
        Clock.SetUtcNow(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
        _startedAt = Clock.GetUtcNow();
        Book = new LedgerBook(Options.Create(options), Clock);
    }

    public FakeTimeProvider Clock { get; } = new();

    public LedgerBook Book { get; }

    public LedgerReport Report => Book.Judge(new LedgerQuery());

    public LedgerCounts Totals => Report.Totals;

    public Bench Read(string source, long sequence, string? key = "k", int partition = 0, string topic = Topic, bool marked = false, DateTimeOffset? time = null) =>
        Read(Records.Event(source, sequence, key, marked, time), partition, topic);

    public Bench Read(Message<byte[]?, byte[]?> message, int partition = 0, string topic = Topic)
    {
        var at = new TopicPartition(topic, partition);
        var offset = _ends.GetValueOrDefault(at);
        _ends[at] = offset + 1;
        message.Timestamp = new Timestamp(Clock.GetUtcNow());
        var result = new ConsumeResult<byte[]?, byte[]?> { Message = message, TopicPartitionOffset = new TopicPartitionOffset(at, offset) };
        Book.Add([new ReadRecord(result, RecordEnvelope.Read(message))]);
        return this;
    }

    public Bench Answer(string source, string stored = "", string spooled = "", string queued = "", string rejected = "", string unanswered = "", bool final = false) =>
        Take("simulator", _startedAt, final, new SourceReceiptsState(source, Topic, Set(stored), Set(spooled), Set(queued), Set(rejected), Set(unanswered)));

    public Bench Take(string reporter, DateTimeOffset startedAt, bool final, params SourceReceiptsState[] sources)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(ReportOutcome.Taken, Book.Take(reporter, new ReceiptsReport(startedAt, ++_number, final, sources)));
        return this;
    }

    /// <summary>The watcher looks at the topics: the ledger has read everything.</summary>
    public Bench CatchUp(long unread = 0)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(10));
        Book.SetEnds(Clock.GetUtcNow(), _ends.ToDictionary(end => end.Key, end => end.Value + unread));
        return this;
    }

    public Bench Wait(TimeSpan time)
    {
        Clock.Advance(time);
        return this;
    }

    public static SequenceSet Set(string text) => SequenceSet.TryParse(text, out var set) ? set : throw new ArgumentException(text);
}
