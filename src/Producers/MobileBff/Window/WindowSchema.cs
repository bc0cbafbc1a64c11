using Microsoft.Data.Sqlite;

namespace EventSourcing.MobileBff.Window;

/// <summary>The table of the window's file. <c>n</c> counts up with time, so the oldest rows are the first.</summary>
internal static class WindowSchema
{
    public static void Create(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS event (
                n INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, time INTEGER NOT NULL,
                level INTEGER, partition INTEGER NOT NULL DEFAULT -1, offset INTEGER NOT NULL DEFAULT -1) STRICT;
            """;
        command.ExecuteNonQuery();
    }
}
