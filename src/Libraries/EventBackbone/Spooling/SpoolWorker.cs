using System.Collections.Concurrent;
using System.Diagnostics;
using EventSourcing.EventBackbone.Publishing;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>
/// The one thread that touches the spool file. Each round is one transaction and one fsync for everything that came since the last one:
/// stored events go, new events come, and the next events to be drained are read and noted as attempted.
/// </summary>
internal sealed class SpoolWorker : ISpool, IDisposable
{
    private const int MostPerRound = 8_192;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FullBackOff = TimeSpan.FromSeconds(1);

    private readonly SpoolStore _store;
    private readonly ILogger _logger;
    private readonly ConcurrentQueue<PendingEvent> _writes = new();
    private readonly ConcurrentQueue<(RouteChannel Channel, long Order)> _deletes = new();
    private readonly List<PendingEvent> _writing = [];
    private readonly List<(RouteChannel Channel, long Order)> _deleting = [];
    private readonly List<(RouteChannel Channel, long After, int Room)> _drainable = [];
    private readonly List<(RouteChannel Channel, List<SpooledRecord> Records)> _drains = [];
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private IReadOnlyList<RouteChannel> _channels = [];
    private int _signalled;
    private long _fullSince;
    private volatile bool _stopping;

    public SpoolWorker(SpoolStore store, ILogger logger)
    {
        (_store, _logger) = (store, logger);
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
        if (_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted) || _thread.Join(TimeSpan.FromSeconds(30)))
        {
            _store.Dispose();
            _wake.Dispose();
        }
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne(Idle);
            do
                Volatile.Write(ref _signalled, 0);
            while (Round() && Volatile.Read(ref _signalled) == 1);
            if (_stopping && (_writes.IsEmpty && _deletes.IsEmpty || IsFull))
                return;
        }
    }

    private bool IsFull => _fullSince != 0 && Stopwatch.GetElapsedTime(_fullSince) < FullBackOff;

    // False when the disk is full: then there is no point in going on at once.
    private bool Round()
    {
        Collect();
        if (IsFull)
        {
            GiveUpWrites();
            return false;
        }
        if (!TryTransact(WriteAll))
        {
            if (TryTransact(DeleteAll))
                _deleting.Clear();
            GiveUpWrites();
            return false;
        }
        if (_fullSince != 0)
            Log.SpoolWritable(_logger);
        _fullSince = 0;
        Report();
        return !_writes.IsEmpty || !_deletes.IsEmpty || Volatile.Read(ref _signalled) == 1;
    }

    // The order matters: a route that may be drained now has asked for all its deletes before, so they are in this round,
    // and what is read for the drain does not hold an event that is stored already.
    private void Collect()
    {
        _drainable.Clear();
        foreach (var channel in _channels)
            if (channel.GetDrainRoom(out var after) is var room and > 0)
                _drainable.Add((channel, after, room));
        while (_deletes.TryDequeue(out var delete))
            _deleting.Add(delete);
        while (_writing.Count < MostPerRound && _writes.TryDequeue(out var pending))
            _writing.Add(pending);
    }

    private bool TryTransact(Action change)
    {
        if (_drainable.Count + _deleting.Count + _writing.Count == 0)
            return true;                                      // nothing to do: no fsync
        try
        {
            _store.Begin();
            change();
            _store.Commit();
            return true;
        }
        catch (SqliteException exception)                     // SQLITE_FULL, SQLITE_IOERR: nothing of this round is on disk
        {
            _store.Rollback();
            _drains.Clear();
            if (_fullSince == 0)
                Log.SpoolNotWritable(_logger, exception.SqliteErrorCode, exception.Message);
            _fullSince = Stopwatch.GetTimestamp();
            return false;
        }
    }

    private void WriteAll()
    {
        DeleteAll();
        foreach (var pending in _writing)
            if (!pending.IsResolved)
                _store.Insert(pending.Channel.Name, new SpooledRecord(pending.Order, pending.Bytes, pending.IsCopy, pending.Record));
        foreach (var (channel, after, room) in _drainable)
            ReadForDrain(channel, after, room);
    }

    private void DeleteAll()
    {
        foreach (var (channel, order) in _deleting)
            _store.Delete(channel.Name, order);
    }

    private void ReadForDrain(RouteChannel channel, long after, int room)
    {
        var records = _store.Read(channel.Name, after, room);
        if (records.Count == 0)
            return;
        _store.MarkAttempted(channel.Name, records[^1].Order);
        _drains.Add((channel, records));
    }

    private void Report()
    {
        _deleting.Clear();
        foreach (var pending in _writing)
            pending.Channel.OnWritten(pending);
        _writing.Clear();
        foreach (var (channel, records) in _drains)
            channel.Drain(records);
        _drains.Clear();
    }

    // Whoever has no receipt is refused; what was receipted as queued stays, in order, and is tried again.
    private void GiveUpWrites() => _writing.RemoveAll(pending => pending.Channel.OnWriteFailed(pending));
}
