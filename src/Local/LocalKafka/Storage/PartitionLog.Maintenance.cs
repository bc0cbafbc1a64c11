namespace EventSourcing.LocalKafka.Storage;

/// <content>What happens to the log beside appends and reads: segments end, are flushed, deleted and closed.</content>
internal sealed partial class PartitionLog
{
    /// <summary>Moves the start of the log forward and deletes the segments that lie before it.</summary>
    public void AdvanceStart(long offset)
    {
        LogSegment[] deleted;
        lock (_gate)
        {
            if (_closed || offset <= _startOffset)
                return;
            Volatile.Write(ref _startOffset, Math.Min(offset, _endOffset));
            var kept = Array.FindIndex(_segments, segment => EndOf(segment) > _startOffset || segment == _segments[^1]);
            deleted = _segments[..kept];
            _segments = _segments[kept..];
            ProducerStateFile.DeleteOutside(Folder, _segments[0].BaseOffset, long.MaxValue);
        }

        foreach (var segment in deleted)
            segment.Delete();
    }

    /// <summary>Ends the active segment, so that retention may delete it.</summary>
    public void Roll()
    {
        lock (_gate)
        {
            if (!_closed && _segments[^1].Size > 0)
                RollLocked();
        }
    }

    public void ExpireProducers(long oldest)
    {
        lock (_gate)
            _producers.Expire(oldest);
    }

    /// <summary>Writes all that is not on disk yet to disk. Blocks; not under the log's lock.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Flush()
    {
        long end;
        LogSegment[] unflushed;
        lock (_gate)
        {
            end = _endOffset;
            unflushed = _closed || end == _flushedOffset ? [] : [.. _segments.Where(segment => EndOf(segment) > _flushedOffset)];
        }

        foreach (var segment in unflushed)
        {
            if (!segment.File.TryRetain())
                continue;
            segment.Flush();
            segment.File.Release();
        }

        if (unflushed.Length > 0)
            Volatile.Write(ref _flushedOffset, Math.Max(end, FlushedOffset));
    }

    /// <summary>Closes the files; with <paramref name="orderly"/> the next start need not recover anything.</summary>
    /// <exception cref="IOException">The files are closed, but not all is written that an orderly end leaves: the next start must recover.</exception>
    public void Close(bool orderly)
    {
        lock (_gate)
        {
            if (_closed)
                return;
            _closed = true;
        }

        lock (_cleaning)
        {
            // A cleaner has seen that the log is closed and left.
        }

        try
        {
            if (orderly)
                SaveState();
        }
        finally
        {
            foreach (var segment in _segments)
                segment.Close();
            Waiters.CompleteAll();
        }
    }

    private void SaveState()
    {
        _segments[^1].Indexes.AddLatestTimestamp();
        _segments[^1].Indexes.Save(toDisk: false);
        ProducerStateFile.Write(Folder, _endOffset, _producers);
        ProducerStateFile.DeleteOutside(Folder, _segments[0].BaseOffset, _endOffset);
    }

    /// <summary>Everything that a full disk refuses comes first; when it does, the active segment goes on as it is.</summary>
    private void RollLocked()
    {
        _segments[^1].Indexes.AddLatestTimestamp();
        _segments[^1].Indexes.Save(toDisk: false);
        ProducerStateFile.Write(Folder, _endOffset, _producers);
        var next = LogSegment.Create(Folder, _endOffset);
        _segments[^1].Indexes.Seal();
        _segments = [.. _segments, next];
    }

    private long EndOf(LogSegment segment)
    {
        var index = Array.IndexOf(_segments, segment);
        return index + 1 < _segments.Length ? _segments[index + 1].BaseOffset : _endOffset;
    }
}
