using EventSourcing.EventBackbone.Publishing;
using Microsoft.Data.Sqlite;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>
/// What one transaction does: stored events go, new events come, and the next events to be drained are read and noted as attempted.
/// Used by the spool's thread only.
/// </summary>
internal sealed class SpoolRound(SpoolStore store)
{
    private readonly List<(RouteChannel Channel, DrainWindow Window, List<SpooledRecord> Records)> _drains = [];

    /// <summary>Events to be written, oldest first; those that did not fit stay.</summary>
    public List<PendingEvent> Writes { get; } = [];

    public List<(RouteChannel Channel, long Order)> Deletes { get; } = [];

    /// <summary>Routes that may be drained.</summary>
    public List<(RouteChannel Channel, DrainWindow Window)> Drainable { get; } = [];

    /// <summary>Does everything, but writes only the first <paramref name="writes"/>; one fsync. Then tells the routes.</summary>
    /// <exception cref="SqliteException">The disk is full or fails: nothing of this round is on disk, nobody was told.</exception>
    public void Commit(int writes)
    {
        try
        {
            store.Begin();
            foreach (var (channel, order) in Deletes)
                store.Delete(channel.Name, order);
            foreach (var pending in Writes.Take(writes).Where(pending => !pending.IsResolved))
                store.Insert(pending.Channel.Name, new SpooledRecord(pending.Order, pending.Bytes, pending.IsCopy, pending.Record));
            foreach (var (channel, window) in Drainable)
                ReadForDrain(channel, window);
            store.Commit();
        }
        catch (SqliteException)
        {
            store.Rollback();
            _drains.Clear();
            throw;
        }
        Report(writes);
    }

    /// <summary>Refuses whoever has no receipt; what was receipted as queued stays, in order, to be tried again.</summary>
    public void GiveUpWrites() => Writes.RemoveAll(pending => pending.Channel.OnWriteFailed(pending));

    private void ReadForDrain(RouteChannel channel, DrainWindow window)
    {
        var records = store.Read(channel.Name, window.After, window.Room);
        if (records.Count == 0)
            return;
        store.MarkAttempted(channel.Name, records[^1].Order);
        _drains.Add((channel, window, records));
    }

    private void Report(int writes)
    {
        Deletes.Clear();
        for (var index = 0; index < writes; index++)
            Writes[index].Channel.OnWritten(Writes[index]);
        Writes.RemoveRange(0, writes);
        foreach (var (channel, window, records) in _drains)
            channel.Drain(window, records);
        _drains.Clear();
    }
}
