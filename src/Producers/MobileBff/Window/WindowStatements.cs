using Microsoft.Data.Sqlite;

namespace EventSourcing.MobileBff.Window;

/// <summary>The statements of the window, prepared once.</summary>
internal sealed class WindowStatements(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _begin = Command(connection, "BEGIN IMMEDIATE", 0);
    private readonly SqliteCommand _commit = Command(connection, "COMMIT", 0);
    private readonly SqliteCommand _rollback = Command(connection, "ROLLBACK", 0);
    private readonly SqliteCommand _count = Command(connection, "SELECT count(*) FROM event", 0);
    private readonly SqliteCommand _find = Command(connection, "SELECT level, partition, offset FROM event WHERE key = $0", 1);
    private readonly SqliteCommand _insert = Command(connection, "INSERT INTO event (key, time) VALUES ($0, $1)", 2);
    private readonly SqliteCommand _update = Command(connection, "UPDATE event SET level = $1, partition = $2, offset = $3 WHERE key = $0", 4);
    private readonly SqliteCommand _delete = Command(connection, "DELETE FROM event WHERE key = $0", 1);
    private readonly SqliteCommand _deleteOldest = Command(connection, "DELETE FROM event WHERE n IN (SELECT n FROM event ORDER BY n LIMIT $0)", 1);

    private readonly SqliteCommand _deleteOlder = Command(
        connection, "DELETE FROM event WHERE n IN (SELECT n FROM event ORDER BY n LIMIT $0) AND time < $1", 2);

    private readonly SqliteCommand _findBegun = Command(connection, "SELECT key, time FROM event WHERE level IS NULL", 0);
    private readonly SqliteCommand _renewBegun = Command(connection, "UPDATE event SET time = $0 WHERE level IS NULL", 1);

    public void Begin() => Run(_begin);

    public void Commit() => Run(_commit);

    public void Rollback() => Run(_rollback);

    public long Count() => (long)_count.ExecuteScalar()!;

    public (int? Level, int Partition, long Offset)? Find(byte[] key)
    {
        Set(_find, key);
        using var row = _find.ExecuteReader();
        return row.Read() ? (row.IsDBNull(0) ? null : row.GetInt32(0), row.GetInt32(1), row.GetInt64(2)) : null;
    }

    public List<(byte[] Key, long Time)> FindBegun()
    {
        var rows = new List<(byte[], long)>();
        using var row = _findBegun.ExecuteReader();
        while (row.Read())
            rows.Add((row.GetFieldValue<byte[]>(0), row.GetInt64(1)));
        return rows;
    }

    public void RenewBegun(long time) => Run(_renewBegun, time);

    public void Insert(byte[] key, long time) => Run(_insert, key, time);

    public void Update(byte[] key, int level, int partition, long offset) => Run(_update, key, level, partition, offset);

    public int Delete(byte[] key) => Run(_delete, key);

    public int DeleteOldest(long rows) => Run(_deleteOldest, rows);

    public int DeleteOlder(int rows, long time) => Run(_deleteOlder, rows, time);

    public void Dispose()
    {
        SqliteCommand[] all =
            [_begin, _commit, _rollback, _count, _find, _insert, _update, _delete, _deleteOldest, _deleteOlder, _findBegun, _renewBegun];
        foreach (var command in all)
            command.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
        return command;
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        Set(command, values);
        return command.ExecuteNonQuery();
    }

    private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
    }
}
