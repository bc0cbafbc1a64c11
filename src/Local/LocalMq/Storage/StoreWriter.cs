using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace EventSourcing.LocalMq.Storage;

/// <summary>
/// The one thread that changes the messages' file. Each round is one transaction and one fsync for everything that came since the last one.
/// What the queue of changes holds is bounded by the credit of the links that it comes from.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private const int MostPerRound = 4_096;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly MessageStore _store;
    private readonly ILogger _logger;
    private readonly BlockingCollection<StoreWork> _works = [];
    private readonly List<StoreWork> _round = [];
    private readonly Thread _thread;
    private volatile string? _problem;

    public StoreWriter(MessageStore store, ILogger logger)
    {
        (_store, _logger) = (store, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "mq store" };
        _thread.Start();
    }

    /// <summary>Why the file cannot be written; null when it can.</summary>
    public string? Problem => _problem;

    /// <summary>Asks for a change; after <see cref="Dispose"/> it is refused or forgotten, as at a crash.</summary>
    public void Post(StoreWork work)
    {
        try
        {
            _works.Add(work);
        }
        catch (InvalidOperationException)
        {
            work.Fail("The broker is stopping.");
        }
    }

    /// <summary>Finishes what was asked for, marks the file as closed and closes it.</summary>
    public void Dispose()
    {
        _works.CompleteAdding();
        if (!_thread.Join(StopTimeout))
            return;                                           // a disk that hangs: the process ends with its thread
        _store.Dispose();
        _works.Dispose();
    }

    private void Run()
    {
        while (!_works.IsCompleted || _round.Count > 0)
        {
            if (_works.TryTake(out var first, _problem is null ? Timeout.InfiniteTimeSpan : Retry))
                _round.Add(first);
            while (_round.Count < MostPerRound && _works.TryTake(out var next))
                _round.Add(next);
            if (!TryCommit() && _works.IsCompleted)
                return;                                       // unclean: the next start counts every message as delivered
        }

        _store.MarkClosed();
    }

    private bool TryCommit()
    {
        if (TryApply())
            return true;
        foreach (var work in _round.Where(static work => work.IsRefusable))
            work.Fail(_problem!);
        _round.RemoveAll(static work => work.IsRefusable);
        return _round.Count == 0 || TryApply();               // deletions make room
    }

    private bool TryApply()
    {
        if (_round.Count == 0)
            return true;
        try
        {
            _store.Begin();
            foreach (var work in _round)
                work.Apply(_store);
            _store.Commit();
        }
        catch (SqliteException exception)                     // SQLITE_FULL, SQLITE_IOERR
        {
            if (_problem is null)
                Log.NotWritable(_logger, exception.Message);
            _problem = exception.Message;
            _store.Rollback();
            return false;
        }

        if (_problem is not null)
            Log.Writable(_logger);
        _problem = null;
        foreach (var work in _round)
            work.Complete();
        _round.Clear();
        return true;
    }
}
