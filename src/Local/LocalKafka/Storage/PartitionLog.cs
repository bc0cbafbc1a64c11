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
        _time = time;
        _logger = logger;
    }

    public string Folder { get; }

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
    public LogAppendResult Append(Span<byte> batch, RecordBatchHeader header)
    {
        LogAppendResult result;
        lock (_gate)
        {
            if (_closed)
                return LogAppendResult.Refused(ErrorCode.UnknownTopicOrPartition, $"{Name} is being closed or deleted.");
            var error = _producers.Check(header, out var duplicate);
            if (error != ErrorCode.None)
                return LogAppendResult.Refused(error, $"{Name}: producer {header.ProducerId} epoch {header.ProducerEpoch} sent sequence {header.BaseSequence}.");
            if (duplicate is { } stored)
                return new LogAppendResult(ErrorCode.None, stored.BaseOffset, -1, null);
            result = Store(batch, header);
        }

        if (result.Error == ErrorCode.None)
            Waiters.OnAppended(batch.Length);
        return result;
    }

    /// <summary>Finds records from <paramref name="offset"/> on: whole if the first batch alone is larger than allowed and one must be returned.</summary>
    public LogReadResult Read(long offset, int maxBytes, bool atLeastOneBatch)
    {
        var (start, end) = (StartOffset, EndOffset);
        if (offset < start || offset > end)
            return new LogReadResult(ErrorCode.OffsetOutOfRange, start, end, default);
        var slice = offset == end ? default : LogReader.Slice(_segments, offset, maxBytes, atLeastOneBatch);
        return new LogReadResult(ErrorCode.None, start, end, slice);
    }

    private LogAppendResult Store(Span<byte> batch, RecordBatchHeader header)
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
            _segments[^1].Append(batch, header);
            _producers.Add(header, now);
            Volatile.Write(ref _endOffset, header.NextOffset);
            return new LogAppendResult(ErrorCode.None, header.BaseOffset, _config.LogAppendTime ? now : -1, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.AppendFailed(_logger, exception, Name);
            return LogAppendResult.Refused(ErrorCode.StorageError, $"{Name} could not be written: {exception.Message}");
        }
    }
}
