using Microsoft.Data.Sqlite;

namespace EventSourcing.MobileClient.Queue;

/// <summary>The tables of the queue's file.</summary>
internal static class QueueSchema
{
    /// <summary>Creates what is missing; returns the queue's id and the last number used.</summary>
    public static (string Id, long Last) Create(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA cache_size = -256;
            CREATE TABLE IF NOT EXISTS event (n INTEGER PRIMARY KEY, json BLOB NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS queue (only INTEGER PRIMARY KEY CHECK (only = 1), id TEXT NOT NULL, last INTEGER NOT NULL) STRICT;
            INSERT INTO queue VALUES (1, lower(hex(randomblob(4))), 0) ON CONFLICT DO NOTHING;
            """;
        command.ExecuteNonQuery();
        command.CommandText = "SELECT id, last FROM queue";
        using var row = command.ExecuteReader();
        row.Read();
        return (row.GetString(0), row.GetInt64(1));
    }
}
