using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>All partition logs of a data directory: opens, deletes, checkpoints and closes them.</summary>
internal sealed class LogManager
{
    private const string CleanShutdownMarker = ".kafka_cleanshutdown";
    private readonly string _dataDirectory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LogLoader _loader;
    private readonly bool _cleanShutdown;
    private readonly bool _toDisk;
    private readonly Dictionary<TopicPartition, long> _recoveryPoints;
    private readonly Dictionary<TopicPartition, long> _startOffsets;
    private readonly Dictionary<TopicPartition, long> _cleanedOffsets;
    private readonly ConcurrentDictionary<TopicPartition, PartitionLog> _logs = new();
    private readonly Lock _checkpointing = new();

    public LogManager(string dataDirectory, bool toDisk, TimeProvider time, ILogger logger)
    {
        _dataDirectory = dataDirectory;
        _toDisk = toDisk;
        _time = time;
        _logger = logger;
        _loader = new LogLoader(time, logger);
        _recoveryPoints = CheckpointFile.Read(PathOf(CheckpointFile.RecoveryPoint));
        _startOffsets = CheckpointFile.Read(PathOf(CheckpointFile.LogStart));
        _cleanedOffsets = CheckpointFile.Read(PathOf(CheckpointFile.CleanerOffset));
        _cleanShutdown = File.Exists(PathOf(CleanShutdownMarker));
        File.Delete(PathOf(CleanShutdownMarker));
    }

    public ICollection<PartitionLog> Logs => _logs.Values;

    public PartitionLog Open(TopicPartition partition, LogConfig config)
    {
        var folder = PathOf(partition.ToString());
        var recoveryPoint = _cleanShutdown ? long.MaxValue : _recoveryPoints.GetValueOrDefault(partition);
        var state = _loader.Load(folder, recoveryPoint, _startOffsets.GetValueOrDefault(partition));
        var log = new PartitionLog(folder, config, state, _time, _logger)
        {
            Partition = partition,
            CleanedOffset = _cleanedOffsets.GetValueOrDefault(partition),
        };
        _logs[partition] = log;
        return log;
    }

    /// <summary>Closes the log and removes its folder; responses that still read from it keep its files.</summary>
    public void Delete(TopicPartition partition)
    {
        if (_logs.TryRemove(partition, out var log))
            log.Close(orderly: false);
        Forget(partition);
        TryCheckpoint();
        DeleteFolder(partition);
    }

    /// <summary>Removes a folder whose topic was being deleted when the broker ended.</summary>
    public void DeleteFolder(TopicPartition partition)
    {
        Forget(partition);
        var folder = PathOf(partition.ToString());
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    public bool HasFolder(TopicPartition partition) => Directory.Exists(PathOf(partition.ToString()));

    /// <summary>Notes how far each log is on disk and where it starts.</summary>
    public void Checkpoint()
    {
        lock (_checkpointing)
        {
            Write(CheckpointFile.RecoveryPoint, _logs.Select(log => (log.Key, log.Value.FlushedOffset)));
            Write(CheckpointFile.LogStart, _logs.Where(log => log.Value.StartOffset > 0).Select(log => (log.Key, log.Value.StartOffset)));
            Write(CheckpointFile.CleanerOffset, _logs.Where(log => log.Value.CleanedOffset > 0).Select(log => (log.Key, log.Value.CleanedOffset)));
        }

        void Write(string file, IEnumerable<(TopicPartition, long)> offsets) => CheckpointFile.Write(PathOf(file), [.. offsets], _toDisk);
    }

    /// <summary>As <see cref="Checkpoint"/>; a failure is logged, and the next one makes up for it.</summary>
    public bool TryCheckpoint()
    {
        try
        {
            Checkpoint();
            return true;
        }
        catch (IOException exception)
        {
            Log.CheckpointFailed(_logger, exception, _dataDirectory);
            return false;
        }
    }

    /// <summary>
    /// Flushes, checkpoints and closes all logs and leaves the marker of an orderly stop; without the marker, where the disk refused something, the next
    /// start recovers.
    /// </summary>
    public void Close()
    {
        var isOrderly = Logs.Select(TryClose).ToList().TrueForAll(closed => closed);
        if (TryCheckpoint() && isOrderly)
            File.WriteAllBytes(PathOf(CleanShutdownMarker), []);
    }

    /// <summary>Closes the files as they are, as the end of the process would.</summary>
    public void Abandon()
    {
        foreach (var log in Logs)
            log.Close(orderly: false);
    }

    private bool TryClose(PartitionLog log)
    {
        try
        {
            if (_toDisk)
                log.Flush();
            log.Close(orderly: true);
            return true;
        }
        catch (IOException exception)
        {
            Log.CloseFailed(_logger, exception, log.Name);
            log.Close(orderly: false);
            return false;
        }
    }

    private void Forget(TopicPartition partition)
    {
        foreach (var checkpoint in (IEnumerable<Dictionary<TopicPartition, long>>)[_recoveryPoints, _startOffsets, _cleanedOffsets])
            checkpoint.Remove(partition);
    }

    private string PathOf(string name) => Path.Combine(_dataDirectory, name);
}
