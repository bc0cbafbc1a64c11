using System.Collections.Concurrent;
using System.Diagnostics;
using EventSourcing.EventBackbone.Publishing;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>
/// The one thread that touches the spool file. Each round is one transaction and one fsync for everything that came since the last one.
/// While the disk is full, events are still drained and deleted, which makes room, and writing is tried again every second.
/// </summary>
internal sealed class SpoolWorker : ISpool, IDisposable
{
    private const int MostPerRound = 8_192;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FullBackOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly SpoolStore _store;
    private readonly SpoolRound _round;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<PendingEvent> _writes = new();
    private readonly ConcurrentQueue<(RouteChannel Channel, long Order)> _deletes = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private IReadOnlyList<RouteChannel> _channels = [];
    private int _signalled;
    private int _writeLimit = MostPerRound;
    private bool _isFull;
    private long _fullSince;
    private volatile bool _stopping;

    public SpoolWorker(SpoolStore store, ILogger logger)
    {
        (_store, _round, _logger) = (store, new SpoolRound(store), logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "backbone spool" };
    }

    /// <summary>Tells the routes what the file holds of them, and starts.</summary>
    public void Start(IReadOnlyList<RouteChannel> channels)
    {
        _channels = channels;
        foreach (var channel in channels)
        {
            var found = _store.Open(channel.Name);
            channel.Recover(found.Count, found.Bytes, found.LastOrder, found.AttemptedThrough);
            if (found.Count > 0)
                Log.Recovered(_logger, channel.Name, found.Count, found.Bytes);
        }
        _thread.Start();
    }

    public void Write(PendingEvent pending)
    {
        _writes.Enqueue(pending);
        Wake();
    }

    public void Delete(RouteChannel channel, long order)
    {
        _deletes.Enqueue((channel, order));
        Wake();
    }

    public void Wake()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
            _wake.Set();
    }

    /// <summary>Finishes what was asked for and closes the file.</summary>
    public void Dispose()
    {
        _stopping = true;
        _wake.Set();
        if (!_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted) && !_thread.Join(StopTimeout))
            return;                                           // a disk that hangs: the process ends with its thread
        _store.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne(Idle);
            do
                Volatile.Write(ref _signalled, 0);
            while (Round());
            if (_stopping && ((_writes.IsEmpty && _deletes.IsEmpty && _round.Writes.Count == 0) || _isFull))
                break;
        }
        _round.GiveUpWrites();
    }

    /// <returns>True when there is more to do at once.</returns>
    private bool Round()
    {
        Collect();
        var mayWrite = !_isFull || Stopwatch.GetElapsedTime(_fullSince) >= FullBackOff;
        var writes = mayWrite ? Math.Min(_writeLimit, _round.Writes.Count) : 0;
        if (!TryCommit(writes) && writes > 0)
            TryCommit(0);
        if (_isFull)
            _round.GiveUpWrites();
        return !_isFull && (_round.Writes.Count > 0 || Volatile.Read(ref _signalled) == 1);
    }

    // The order matters: a route that may be drained now has asked for all its deletes before, so they are in this round,
    // and what is read for the drain does not hold an event that is stored already.
    private void Collect()
    {
        _round.Drainable.Clear();
        foreach (var channel in _channels)
            if (channel.GetDrainWindow() is { Room: > 0 } window)
                _round.Drainable.Add((channel, window));
        while (_deletes.TryDequeue(out var delete))
            _round.Deletes.Add(delete);
        while (_round.Writes.Count < MostPerRound && _writes.TryDequeue(out var pending))
            if (_round.Writes.Count > 0 || !pending.Channel.TrySendUnwritten(pending))
                _round.Writes.Add(pending);
    }

    private bool TryCommit(int writes)
    {
        if (writes + _round.Deletes.Count + _round.Drainable.Count == 0)
            return true;                                      // nothing to do: no fsync
        try
        {
            _round.Commit(writes);
        }
        catch (SqliteException exception)                     // SQLITE_FULL, SQLITE_IOERR
        {
            if (!_isFull)
                Log.SpoolNotWritable(_logger, exception.SqliteErrorCode, exception.Message);
            (_isFull, _fullSince) = (true, Stopwatch.GetTimestamp());
            _writeLimit = Math.Max(1, writes / 2);            // fewer may fit
            return false;
        }
        if (writes > 0 && _isFull)
            Log.SpoolWritable(_logger);
        if (writes > 0)
            (_isFull, _writeLimit) = (false, MostPerRound);
        return true;
    }
}
