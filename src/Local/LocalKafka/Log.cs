using EventSourcing.LocalKafka.Protocol;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka;

/// <summary>Everything the broker logs; nothing of it in steady state. Event ids 1900 to 1999.</summary>
internal static partial class Log
{
    [LoggerMessage(1900, LogLevel.Warning, "Closed the connection from {Peer}: {Reason}")]
    public static partial void ConnectionRefused(ILogger logger, string peer, string reason);

    [LoggerMessage(1901, LogLevel.Debug, "Lost the connection from {Peer}: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, string peer, string reason);

    [LoggerMessage(1902, LogLevel.Error, "{Api} version {Version} from {Peer} failed; the connection was closed")]
    public static partial void RequestFailed(ILogger logger, Exception exception, ApiKey api, short version, string peer);

    [LoggerMessage(1903, LogLevel.Warning, "Refused a connection: {Max} are open (MaxConnections)")]
    public static partial void TooManyConnections(ILogger logger, int max);

    [LoggerMessage(1904, LogLevel.Warning, "Could not accept a connection")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(1905, LogLevel.Warning, "TLS with {Peer} did not come about: {Reason}")]
    public static partial void TlsFailed(ILogger logger, string peer, string reason);

    [LoggerMessage(1906, LogLevel.Warning, "A client at {Host} did not authenticate: {Reason}")]
    public static partial void AuthenticationFailed(ILogger logger, string host, string reason);

    [LoggerMessage(1907, LogLevel.Error, "The worker for {Work} failed; it goes on after its interval")]
    public static partial void WorkerFailed(ILogger logger, Exception exception, string work);

    [LoggerMessage(1910, LogLevel.Warning, "Cut {Bytes} bytes of an unfinished batch from the end of {Path}; the log ends at offset {EndOffset}")]
    public static partial void TailTruncated(ILogger logger, string path, long bytes, long endOffset);

    [LoggerMessage(1911, LogLevel.Error, "Dropped {Path}: it follows a damaged segment")]
    public static partial void SegmentDropped(ILogger logger, string path);

    [LoggerMessage(1912, LogLevel.Error, "Could not append to {Partition}; producers are told to try again")]
    public static partial void AppendFailed(ILogger logger, Exception exception, string partition);

    [LoggerMessage(1913, LogLevel.Error, "Could not flush {Partition} to disk")]
    public static partial void FlushFailed(ILogger logger, Exception exception, string partition);

    [LoggerMessage(1914, LogLevel.Error, "Could not apply retention to {Partition}")]
    public static partial void RetentionFailed(ILogger logger, Exception exception, string partition);

    [LoggerMessage(1916, LogLevel.Error, "Could not store the offsets of group {Group}; its members are told to try again")]
    public static partial void CommitFailed(ILogger logger, Exception exception, string group);

    [LoggerMessage(1924, LogLevel.Error, "Could not delete committed offsets that are over their time; it is tried again")]
    public static partial void OffsetRetentionFailed(ILogger logger, Exception exception);

    [LoggerMessage(1920, LogLevel.Error, "Could not store a change of transactional id {TransactionalId}; it is tried again")]
    public static partial void TransactionFailed(ILogger logger, Exception exception, string transactionalId);

    [LoggerMessage(1921, LogLevel.Warning, "Aborted the transaction of {TransactionalId}: it was open for longer than its timeout of {TimeoutMs} ms")]
    public static partial void TransactionTimedOut(ILogger logger, string transactionalId, int timeoutMs);

    [LoggerMessage(1922, LogLevel.Warning, "The transaction of producer {ProducerId} in {Partition} was torn by the end of the machine; it was {Outcome}")]
    public static partial void HangingTransactionEnded(ILogger logger, long producerId, string partition, string outcome);

    [LoggerMessage(1923, LogLevel.Error, "Could not write the journal of {Name} anew; it goes on growing until that succeeds")]
    public static partial void CompactionFailed(ILogger logger, Exception exception, string name);

    [LoggerMessage(1917, LogLevel.Error, "Could not compact {Partition}; it is tried again")]
    public static partial void CleaningFailed(ILogger logger, Exception exception, string partition);

    [LoggerMessage(1918, LogLevel.Error, "Cannot compact {Partition}; it keeps growing, and is left alone until the next start")]
    public static partial void Uncleanable(ILogger logger, Exception exception, string partition);

    [LoggerMessage(1919, LogLevel.Error, "Could not write all that an orderly stop leaves of {Partition}; the next start recovers it")]
    public static partial void CloseFailed(ILogger logger, Exception exception, string partition);

    [LoggerMessage(1915, LogLevel.Error, "Could not write the checkpoints of {Directory}")]
    public static partial void CheckpointFailed(ILogger logger, Exception exception, string directory);
}
