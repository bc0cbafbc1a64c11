using Confluent.Kafka;
using Microsoft.Data.Sqlite;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>
/// The spool file: SQLite, WAL, <c>synchronous=FULL</c>: what <see cref="Commit"/> has returned for survives a crash of the machine.
/// Not thread-safe. An event's id is its route in the upper 16 bits and its order of acceptance in the lower 48.
/// </summary>
internal sealed class SpoolStore : IDisposable
{
    private const int OrderBits = 48;

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, long> _routes = new(StringComparer.Ordinal);
    private readonly SpoolStatements _statements;

    /// <param name="path">The file; created when it does not exist.</param>
    /// <param name="maxPages">Most pages of 4 KiB the file may have; 0 for as many as the disk holds.</param>
    /// <exception cref="SqliteException">The file cannot be used.</exception>
    public SpoolStore(string path, int maxPages = 0)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            _connection.Open();
            SpoolSchema.Create(_connection, maxPages);
            _statements = new SpoolStatements(_connection);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the route known and says what the spool holds of it.</summary>
    public SpoolSummary Open(string route)
    {
        _statements.AddRoute.Run(route);
        using var row = _statements.FindRoute.Read(route);
        row.Read();
        var id = _routes[route] = row.GetInt64(0);
        var attempted = row.GetInt64(1);
        using var sums = _statements.Summarise.Read(First(id), First(id + 1));
        sums.Read();
        return new SpoolSummary(sums.GetInt64(0), sums.GetInt64(1), sums.IsDBNull(2) ? 0 : sums.GetInt64(2) - First(id), attempted);
    }

    public void Begin() => _statements.Begin.Run();

    /// <exception cref="SqliteException">13 <c>SQLITE_FULL</c>: the disk is full; the transaction is to be rolled back.</exception>
    public void Commit() => _statements.Commit.Run();

    /// <summary>Undoes what was not committed; SQLite may have done so itself.</summary>
    public void Rollback()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _statements.Rollback.Run();
    }

    public void Insert(string route, SpooledRecord spooled)
    {
        var record = spooled.Record;
        var time = record.Timestamp.Type == TimestampType.NotAvailable
            ? DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() : record.Timestamp.UnixTimestampMs;
        _statements.Insert.Run(
            First(_routes[route]) + spooled.Order, spooled.WasAttempted ? 1 : 0, spooled.Bytes, time,
            record.Key, record.Value, HeaderCodec.Encode(record.Headers));
    }

    public void Delete(string route, long order) => _statements.Delete.Run(First(_routes[route]) + order);

    /// <summary>Notes that every event up to <paramref name="order"/> may be on its way or stored from here on.</summary>
    public void MarkAttempted(string route, long order) => _statements.MarkAttempted.Run(_routes[route], order);

    /// <summary>The oldest events after <paramref name="after"/>, in order.</summary>
    public List<SpooledRecord> Read(string route, long after, int count)
    {
        var first = First(_routes[route]);
        var records = new List<SpooledRecord>();
        using var row = _statements.Select.Read(first + after, First(_routes[route] + 1), count);
        while (row.Read())
            records.Add(ToRecord(row, first));
        return records;
    }

    public void Dispose()
    {
        _statements.Dispose();
        _connection.Dispose();
    }

    private static SpooledRecord ToRecord(SqliteDataReader row, long first) => new(
        row.GetInt64(0) - first,
        row.GetInt32(2),
        row.GetInt64(1) != 0,
        new Record
        {
            Timestamp = new Timestamp(row.GetInt64(3), TimestampType.CreateTime),
            Key = row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
            Value = row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5),
            Headers = HeaderCodec.Decode(row.GetFieldValue<byte[]>(6)),
        });

    private static long First(long route) => route << OrderBits;
}

/// <summary>What a spool file holds of one route.</summary>
/// <param name="Count">Events.</param>
/// <param name="Bytes">Their bytes as the route counts them.</param>
/// <param name="LastOrder">Order of the newest; 0 when there is none.</param>
/// <param name="AttemptedThrough">Events up to this order may be stored already.</param>
internal readonly record struct SpoolSummary(long Count, long Bytes, long LastOrder, long AttemptedThrough);
