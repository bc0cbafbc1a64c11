using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Tests.Storage;
using EventSourcing.LocalKafka.Topics;
using EventSourcing.LocalKafka.Transactions;
using EventSourcing.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.LocalKafka.Tests.Transactions;

/// <summary>A coordinator with a topic of two partitions, without a network.</summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    private readonly TempFolder _folder = new("kafka-coordinator");
    private readonly LogManager _logs;
    private readonly LogFlusher _flusher;
    private readonly TransactionJournal _journal;

    public TestCoordinator()
    {
        var logger = NullLogger.Instance;
        _logs = new LogManager(_folder.Path, toDisk: false, Time, logger);
        Topics = new TopicCatalogue(_logs, new CatalogueFile(_folder.Path, toDisk: false));
        Topics.Create("t", 2, [], validateOnly: false);
        _flusher = new LogFlusher(_logs, FsyncPolicy.Never, TimeSpan.FromSeconds(1), Time, logger);
        _journal = new TransactionJournal(_folder.File("transactions.journal"), toDisk: false);
        Offsets = new OffsetStore(_folder.File("offsets"), toDisk: false, Time);
        var completion = new TransactionCompletion(_journal, Topics, Offsets, _flusher, Time, logger);
        var settings = new TransactionSettings(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(1));
        Transactions = new TransactionCoordinator(settings, _journal, completion, new ProducerIds(_folder.File("producer-ids"), toDisk: false), FsyncPolicy.Never, Time, logger);
    }

    public static TopicPartition First { get; } = new("t", 0);

    public FakeTimeProvider Time { get; } = TestLog.Clock();

    public TopicCatalogue Topics { get; }

    public OffsetStore Offsets { get; }

    public TransactionCoordinator Transactions { get; }

    public PartitionLog Log => Topics.FindPartition("t", 0)!;

    public TransactionState? State => Transactions.Describe("id")?.Header.State;

    /// <summary>Takes the transactional id, as a client that is new or that asks for its next epoch.</summary>
    public Task<InitProducerIdResult> InitAsync(ProducerIdAndEpoch? present = null, int timeoutMs = 60_000) =>
        Transactions.InitAsync("id", timeoutMs, present ?? ProducerIdAndEpoch.None);

    /// <summary>Opens a transaction with a record in the first partition.</summary>
    public void Write(ProducerIdAndEpoch producer, int sequence = 0)
    {
        Assert.Equal(ErrorCode.None, Transactions.AddPartitions("id", producer, [First]));
        Assert.Equal(ErrorCode.None, Append(producer, sequence).Error);
    }

    public LogAppendResult Append(ProducerIdAndEpoch producer, int sequence = 0)
    {
        var batch = TestBatch.Transactional(sequence, producerId: producer.ProducerId, epoch: producer.Epoch).ToBytes();
        return Log.Append(batch, RecordBatchHeader.Read(batch), Transactions);
    }

    public async ValueTask DisposeAsync()
    {
        await _flusher.DisposeAsync();
        _logs.Abandon();
        _journal.Dispose();
        Offsets.Dispose();
        _folder.Dispose();
    }
}
