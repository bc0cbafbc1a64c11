using Microsoft.Data.Sqlite;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>The tables of the spool file.</summary>
internal static class SpoolSchema
{
    public static void Create(SqliteConnection connection, int maxPages)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA auto_vacuum = INCREMENTAL;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS route (
                id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, attempted INTEGER NOT NULL DEFAULT 0) STRICT;
            CREATE TABLE IF NOT EXISTS event (
                id INTEGER PRIMARY KEY, attempted INTEGER NOT NULL, bytes INTEGER NOT NULL, time INTEGER NOT NULL,
                key BLOB, value BLOB, headers BLOB NOT NULL) STRICT;
            """;
        command.ExecuteNonQuery();
        if (maxPages > 0)
        {
            command.CommandText = $"PRAGMA max_page_count = {maxPages}";
            command.ExecuteNonQuery();
        }
    }
}
