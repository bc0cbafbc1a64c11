using EventSourcing.LocalKafka.Protocol;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// The log of one partition. Appends take the log's lock; reads take none: they see the segments and the end of the log as of one moment.
/// On a single node every stored batch is committed, so the high watermark is the end of the log.
/// </summary>
internal sealed partial class PartitionLog
{
    /// <summary>There is one leader for ever.</summary>
    public const int LeaderEpoch = 0;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ProducerStateTable _producers;
    private volatile LogSegment[] _segments;
    private volatile LogConfig _config;
    private long _startOffset;
    private long _endOffset;
    private long _flushedOffset;
    private bool _closed;

    public PartitionLog(string folder, LogConfig config, LogState state, TimeProvider time, ILogger logger)
    {
        Folder = folder;
        Name = Path.GetFileName(folder);
        _config = config;
        _segments = state.Segments;
        _producers = state.Producers;
        _startOffset = state.StartOffset;
        _endOffset = _flushedOffset = state.EndOffset;
        _firstUnstableOffset = state.Producers.FirstUnstableOffset;
        _time = time;
        _logger = logger;
    }

    public string Folder { get; }

    /// <summary>Which partition this is.</summary>
    public TopicPartition Partition { get; init; }

    /// <summary><c>topic-partition</c>.</summary>
    public string Name { get; }

    public LogConfig Config { get => _config; set => _config = value; }

    public long StartOffset => Volatile.Read(ref _startOffset);

    /// <summary>End of the log: the offset of the next record.</summary>
    public long EndOffset => Volatile.Read(ref _endOffset);

    /// <summary>Everything before this offset is on disk; recovery after a crash starts in its segment.</summary>
    public long FlushedOffset => Volatile.Read(ref _flushedOffset);

    public IReadOnlyList<LogSegment> Segments => _segments;

    public FetchWaiters Waiters { get; } = new();

    /// <summary>Gives a validated batch its offset and stores it, unless its producer's state says otherwise. Writes into <paramref name="batch"/>.</summary>
    public LogAppendResult Append(Span<byte> batch, RecordBatchHeader header, ITransactionGuard transactions)
    {
        LogAppendResult result;
        StableBytes stable;
        lock (_gate)
        {
            if (_closed)
                return LogAppendResult.Refused(ErrorCode.UnknownTopicOrPartition, $"{Name} is being closed or deleted.");
            var error = _producers.Check(header, out var duplicate);
            if (error == ErrorCode.None && duplicate is null)
                error = CheckTransaction(header, transactions);
            if (error != ErrorCode.None)
                return LogAppendResult.Refused(error, $"{Name}: producer {header.ProducerId} epoch {header.ProducerEpoch} sent sequence {header.BaseSequence}.");
            if (duplicate is { } stored)
                return new LogAppendResult(ErrorCode.None, stored.BaseOffset, -1, null);
            result = Store(batch, header, marker: null);
            stable = StableOf(_firstUnstableOffset);
        }

        if (result.Error == ErrorCode.None)
            Waiters.OnAppended(batch.Length, stable);
        return result;
    }

    /// <summary>Finds records from <paramref name="offset"/> on: whole if the first batch alone is larger than allowed and one must be returned.</summary>
    public LogReadResult Read(long offset, int maxBytes, bool atLeastOneBatch, IsolationLevel isolation = IsolationLevel.ReadUncommitted)
    {
        var (start, end) = (StartOffset, EndOffset);
        if (offset < start || offset > end)
            return new LogReadResult(ErrorCode.OffsetOutOfRange, start, end, LastStableOffset, default);
        LogSegment[] segments;
        LogRange range = default;
        do
            segments = _segments;
        while (offset < end && !LogReader.TryLocate(segments, offset, maxBytes, atLeastOneBatch, out range));
        var firstUnstable = Volatile.Read(ref _firstUnstableOffset);
        if (isolation == IsolationLevel.ReadCommitted)
            range = range.Before(firstUnstable);
        end = EndOffset;
        return new LogReadResult(ErrorCode.None, start, end, StableOffset(firstUnstable, start, end), range.ToSlice())
        {
            Aborted = isolation == IsolationLevel.ReadCommitted && !range.IsEmpty
                ? LogReader.CollectAborted(WithNewer(segments), offset, Math.Min(range.UpperBoundOffset, firstUnstable))
                : null,
        };
    }

    /// <summary>Segments as of the moment that records were found, and those that came since: together they know every transaction of these records.</summary>
    private LogSegment[] WithNewer(LogSegment[] segments)
    {
        var now = _segments;
        return now == segments ? segments : [.. segments, .. now.Where(segment => segment.BaseOffset > segments[^1].BaseOffset)];
    }

    private LogAppendResult Store(Span<byte> batch, RecordBatchHeader header, in TransactionMarker? marker)
    {
        try
        {
            if (RollPolicy.MustRoll(_segments[^1], _config, header, _endOffset))
                RollLocked();
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            if (_config.LogAppendTime)
                header = header.StampAppendTime(batch, now);
            RecordBatchHeader.Assign(batch, _endOffset, LeaderEpoch);
            header = header.At(_endOffset);
            Announce(header, marker);
            _segments[^1].Append(batch, header);
            Note(header, marker, now);
            Volatile.Write(ref _endOffset, header.NextOffset);
            return new LogAppendResult(ErrorCode.None, header.BaseOffset, _config.LogAppendTime ? now : -1, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.AppendFailed(_logger, exception, Name);
            return LogAppendResult.Refused(ErrorCode.StorageError, $"{Name} could not be written: {exception.Message}");
        }
        finally
        {
            Volatile.Write(ref _firstUnstableOffset, _producers.FirstUnstableOffset);
        }
    }
}
