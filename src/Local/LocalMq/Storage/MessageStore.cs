using Microsoft.Data.Sqlite;

namespace EventSourcing.LocalMq.Storage;

/// <summary>
/// The messages' file: SQLite, WAL, <c>synchronous=FULL</c>: what <see cref="Commit"/> has returned for survives kill -9 and a crash of the machine.
/// Not thread-safe; messages are read through <see cref="MessageReader"/>, which has a connection of its own.
/// </summary>
internal sealed class MessageStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteCommand> _commands = [];
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _rollback;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _move;
    private readonly SqliteCommand _count;
    private readonly SqliteCommand _addQueue;

    /// <param name="path">The file; created when it does not exist.</param>
    /// <exception cref="SqliteException">The file cannot be used.</exception>
    public MessageStore(string path)
    {
        _connection = Open(path);
        try
        {
            StoreSchema.Create(_connection);
            WasUnclean = StoreSchema.MarkOpen(_connection);
            _begin = Prepare("BEGIN IMMEDIATE");
            _commit = Prepare("COMMIT");
            _rollback = Prepare("ROLLBACK");
            _insert = Prepare("INSERT INTO message VALUES ($0, $1, $2, $3)");
            _delete = Prepare("DELETE FROM message WHERE id = $0");
            _move = Prepare("UPDATE message SET queue = $1, deliveries = 0, bytes = $2 WHERE id = $0");
            _count = Prepare("UPDATE message SET deliveries = $1 WHERE id = $0");
            _addQueue = Prepare("INSERT INTO queue VALUES ($0, $1)");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The process before did not close the file: every message that it held may have been delivered.</summary>
    public bool WasUnclean { get; }

    /// <summary>A connection to the file.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>The queues, by name.</summary>
    public List<(long Id, string Name)> ReadQueues()
    {
        var queues = new List<(long, string)>();
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT id, name FROM queue";
        using var row = command.ExecuteReader();
        while (row.Read())
            queues.Add((row.GetInt64(0), row.GetString(1)));
        return queues;
    }

    /// <summary>Every message, in order of arrival.</summary>
    public List<StoredMessage> ReadMessages()
    {
        var messages = new List<StoredMessage>();
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT id, queue, length(bytes), deliveries FROM message ORDER BY id";
        using var row = command.ExecuteReader();
        while (row.Read())
            messages.Add(new StoredMessage(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), (uint)row.GetInt64(3)));
        return messages;
    }

    public void Begin() => Run(_begin);

    /// <exception cref="SqliteException">13 <c>SQLITE_FULL</c>: the disk is full; the transaction is to be rolled back.</exception>
    public void Commit() => Run(_commit);

    /// <summary>Undoes what was not committed; SQLite may have done so itself.</summary>
    public void Rollback()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            Run(_rollback);
    }

    public void Insert(long id, long queue, byte[] bytes) => Run(_insert, id, queue, 0L, bytes);

    public void Delete(long id) => Run(_delete, id);

    /// <summary>Puts a message into another queue with new bytes.</summary>
    public void Move(long id, long queue, byte[] bytes) => Run(_move, id, queue, bytes);

    /// <summary>Notes how many deliveries have failed.</summary>
    public void Count(long id, uint deliveries) => Run(_count, id, (long)deliveries);

    public void AddQueue(long id, string name) => Run(_addQueue, id, name);

    /// <summary>Says that the file is closed in an orderly way.</summary>
    public void MarkClosed() => StoreSchema.MarkClosed(_connection);

    public void Dispose()
    {
        foreach (var command in _commands)
            command.Dispose();
        _connection.Dispose();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Set(command, values);
        command.ExecuteNonQuery();
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i == command.Parameters.Count)
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            command.Parameters[i].Value = values[i];
        }
    }

    private SqliteCommand Prepare(string text)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // every text is a literal of this class
        command.CommandText = text;
#pragma warning restore CA2100
        _commands.Add(command);
        return command;
    }
}
