using EventSourcing.EventBackbone;
using Microsoft.Data.Sqlite;

namespace EventSourcing.MobileBff.Window;

/// <summary>
/// The window's file: SQLite, WAL, <c>synchronous=FULL</c>: what <see cref="Commit"/> has returned for survives a crash of the machine. A row
/// without a level is an event that was begun. Not thread-safe.
/// </summary>
internal sealed class WindowStore : IDisposable
{
    private const int PruneRows = 512;

    private readonly SqliteConnection _connection;
    private readonly WindowStatements _statements;
    private readonly string _topic;

    /// <param name="path">The file; created when it does not exist.</param>
    /// <param name="topic">The topic of all receipts.</param>
    /// <exception cref="SqliteException">The file cannot be used, or another process uses it.</exception>
    public WindowStore(string path, string topic)
    {
        _topic = topic;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ConnectionString);
        try
        {
            _connection.Open();
            WindowSchema.Create(_connection);
            _statements = new WindowStatements(_connection);
            Count = _statements.Count();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Events remembered.</summary>
    public long Count { get; private set; }

    public void Begin() => _statements.Begin();

    /// <exception cref="SqliteException">13 <c>SQLITE_FULL</c>: the disk is full; the transaction is to be rolled back.</exception>
    public void Commit() => _statements.Commit();

    /// <summary>Undoes what was not committed; SQLite may have done so itself.</summary>
    public void Rollback()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _statements.Rollback();
        Count = _statements.Count();
    }

    /// <summary>What is known of the event; when nothing is, it is begun.</summary>
    public Sighting See(EventKey key, DateTimeOffset now)
    {
        if (_statements.Find(key.ToBytes()) is { } row)
            return row.Level is { } level ? new Sighting(ToReceipt(level, row.Partition, row.Offset), IsUncertain: false) : new Sighting(null, IsUncertain: true);
        _statements.Insert(key.ToBytes(), now.ToUnixTimeMilliseconds());
        Count++;
        return Sighting.First;
    }

    /// <summary>Notes a receipt. An event that was not accepted is forgotten, unless it may be on the topic.</summary>
    public void Note(in Outcome outcome)
    {
        var receipt = outcome.Receipt;
        if (receipt.IsAccepted)
            _statements.Update(outcome.Key.ToBytes(), (int)receipt.Level, receipt.Partition, receipt.Offset);
        else if (!outcome.WasUncertain && !receipt.Rejection!.IsOutcomeUnknown)
            Count -= _statements.Delete(outcome.Key.ToBytes());
    }

    /// <summary>The events that were begun and have no receipt, with the time they were begun.</summary>
    public Dictionary<EventKey, DateTimeOffset> GetBegun() => _statements.FindBegun().ToDictionary(
        static row => EventKey.FromBytes(row.Key), static row => DateTimeOffset.FromUnixTimeMilliseconds(row.Time));

    /// <summary>Events that have no receipt count as begun at <paramref name="now"/>.</summary>
    public void RenewBegun(DateTimeOffset now) => _statements.RenewBegun(now.ToUnixTimeMilliseconds());

    /// <summary>Forgets the oldest: what is beyond <paramref name="maxEvents"/>, and some of what is older than <paramref name="oldest"/>.</summary>
    public void Prune(long maxEvents, DateTimeOffset oldest)
    {
        if (Count > maxEvents)
            Count -= _statements.DeleteOldest(Count - maxEvents);
        Count -= _statements.DeleteOlder(PruneRows, oldest.ToUnixTimeMilliseconds());
    }

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    private Receipt ToReceipt(int level, int partition, long offset) => (ReceiptLevel)level switch
    {
        ReceiptLevel.Queued => Receipt.Queued(_topic),
        ReceiptLevel.Spooled => Receipt.Spooled(_topic),
        _ => Receipt.Stored(_topic, partition, offset),
    };
}
