using Microsoft.Data.Sqlite;

namespace EventSourcing.LocalMq.Storage;

/// <summary>The tables of the messages' file, and whether it was closed.</summary>
internal static class StoreSchema
{
    public static void Create(SqliteConnection connection)
    {
        Run(connection, """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS queue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
            CREATE TABLE IF NOT EXISTS message (
                id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, deliveries INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
            CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
            """);
    }

    /// <summary>Notes that the file is in use; true when it was not closed before, and then every message counts as delivered once more.</summary>
    public static bool MarkOpen(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM state WHERE name = 'open'";
        var wasOpen = command.ExecuteScalar() is 1L;
        if (wasOpen)
            Run(connection, "UPDATE message SET deliveries = deliveries + 1");
        Run(connection, "INSERT INTO state VALUES ('open', 1) ON CONFLICT (name) DO UPDATE SET value = 1");
        return wasOpen;
    }

    public static void MarkClosed(SqliteConnection connection) => Run(connection, "UPDATE state SET value = 0 WHERE name = 'open'");

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a literal of this class
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
