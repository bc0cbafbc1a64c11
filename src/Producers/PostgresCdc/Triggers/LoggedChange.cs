using System.Text.Json;
using Npgsql;

namespace EventSourcing.PostgresCdc.Triggers;

/// <summary>A row of the log table.</summary>
internal sealed record LoggedChange(long Id, string Relation, char Op, long Xid, DateTimeOffset Time, JsonElement? Old, JsonElement? New)
{
    /// <summary>
    /// Takes the oldest rows out of the log, within the connection's transaction: they are gone when it commits. A trigger numbers a row while its lock is held, so
    /// changes of one row are numbered, and visible, in their order; what commits later is found later, whatever its number.
    /// </summary>
    public static async Task<List<LoggedChange>> TakeAsync(NpgsqlConnection connection, string[] relations, int rows, CancellationToken stop)
    {
        await using var command = Postgres.CatalogQueries.Command(
            connection,
            """
            DELETE FROM eventsourcing_cdc.change_log WHERE id IN (SELECT id FROM eventsourcing_cdc.change_log WHERE relation = ANY ($1) ORDER BY id LIMIT $2)
            RETURNING id, relation, op, xid, changed_at, old_row::text, new_row::text
            """,
            relations, rows);
        List<LoggedChange> changes = [];
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            changes.Add(new LoggedChange(
                reader.GetInt64(0), reader.GetString(1), reader.GetString(2)[0], reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4), Json(reader, 5), Json(reader, 6)));
        }

        changes.Sort(static (one, other) => one.Id.CompareTo(other.Id));
        return changes;
    }

    private static JsonElement? Json(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : JsonDocument.Parse(reader.GetString(column)).RootElement;
}
