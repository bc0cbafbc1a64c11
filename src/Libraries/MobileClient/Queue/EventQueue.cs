using Microsoft.Data.Sqlite;

namespace EventSourcing.MobileClient.Queue;

/// <summary>
/// The events that wait, in a SQLite file (WAL, <c>synchronous=FULL</c>): what <see cref="Add"/> has returned for survives the death of the app and of the
/// phone. Numbers count 1, 2, 3, ... over the life of the file and are never used twice. Thread-safe.
/// </summary>
internal sealed class EventQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly int _capacity;
    private long _last;
    private bool _disposed;

    /// <exception cref="SqliteException">The file cannot be used, or another client uses it.</exception>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public EventQueue(string path, int capacity)
    {
        _capacity = capacity;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ConnectionString);
        try
        {
            _connection.Open();
            (Id, _last) = QueueSchema.Create(_connection);
            Count = (long)Scalar("SELECT count(*) FROM event")!;
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Names the file for ever: eight hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Events that wait.</summary>
    public long Count { get; private set; }

    /// <summary>Adds events, all or none; returns the number of the first, 0 when there is no room.</summary>
    public long Add(int count, Func<long, int, byte[]> write)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (Count + count > _capacity)
                return 0;
            var first = _last + 1;
            using var transaction = _connection.BeginTransaction();
            using var insert = Command("INSERT INTO event VALUES ($n, $json)", transaction);
            for (var i = 0; i < count; i++)
                Run(insert, ("$n", first + i), ("$json", write(first + i, i)));
            using var remember = Command("UPDATE queue SET last = $last", transaction);
            Run(remember, ("$last", first + count - 1));
            transaction.Commit();
            (_last, Count) = (first + count - 1, Count + count);
            return first;
        }
    }

    /// <summary>The oldest events, in order: at most so many, and so many bytes unless one alone has more.</summary>
    public List<QueuedEvent> Peek(int count, int bytes)
    {
        var events = new List<QueuedEvent>();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using var select = Command("SELECT n, json FROM event ORDER BY n LIMIT $count");
            select.Parameters.AddWithValue("$count", count);
            using var row = select.ExecuteReader();
            while (row.Read())
            {
                var json = row.GetFieldValue<byte[]>(1);
                if (events.Count > 0 && (bytes -= json.Length + 1) < 0)
                    break;
                if (events.Count == 0)
                    bytes -= json.Length + 1;
                events.Add(new QueuedEvent(row.GetInt64(0), json));
            }
        }

        return events;
    }

    /// <summary>The numbers of waiting events up to <paramref name="last"/>.</summary>
    public List<long> NumbersThrough(long last)
    {
        var numbers = new List<long>();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using var select = Command("SELECT n FROM event WHERE n <= $last ORDER BY n");
            select.Parameters.AddWithValue("$last", last);
            using var row = select.ExecuteReader();
            while (row.Read())
                numbers.Add(row.GetInt64(0));
        }

        return numbers;
    }

    /// <summary>Removes events that have their final answer.</summary>
    public void Remove(IReadOnlyCollection<long> numbers)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            using var transaction = _connection.BeginTransaction();
            using var delete = Command("DELETE FROM event WHERE n = $n", transaction);
            var removed = numbers.Sum(number => Run(delete, ("$n", number)));
            transaction.Commit();
            Count -= removed;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _connection.Dispose();
        }
    }

    private SqliteCommand Command(string text, SqliteTransaction? transaction = null)
    {
        var command = _connection.CreateCommand();
        (command.CommandText, command.Transaction) = (text, transaction);
        return command;
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<(string Name, object Value)> values)
    {
        command.Parameters.Clear();
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        return command.ExecuteNonQuery();
    }

    private object? Scalar(string text)
    {
        using var command = Command(text);
        return command.ExecuteScalar();
    }
}
