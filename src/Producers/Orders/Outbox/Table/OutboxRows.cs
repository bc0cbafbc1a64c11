using System.Text.Json;
using Npgsql;

namespace EventSourcing.Orders.Outbox.Table;

/// <summary>The relay's statements on the outbox table.</summary>
internal static class OutboxRows
{
    // The oldest rows; notes that they are about to be handed to Kafka and gives those without a number the service's next ones, for good.
    private const string Note =
        """
        WITH picked AS (SELECT position, sequence FROM orders.outbox ORDER BY position LIMIT $1 FOR UPDATE),
        unnumbered AS (SELECT position, row_number() OVER (ORDER BY position) AS nth FROM picked WHERE sequence IS NULL),
        counter AS (
            UPDATE orders.relay SET last_sequence = last_sequence + (SELECT count(*) FROM unnumbered)
            WHERE name = 'orders' AND EXISTS (SELECT FROM unnumbered)
            RETURNING last_sequence - (SELECT count(*) FROM unnumbered) AS base)
        UPDATE orders.outbox o SET attempts = o.attempts + 1, sequence = coalesce(o.sequence, counter.base + unnumbered.nth)
        FROM picked LEFT JOIN unnumbered USING (position) LEFT JOIN counter ON true
        WHERE o.position = picked.position
        RETURNING o.position, o.attempts, o.id, o.aggregatetype, o.aggregateid, o.type, o.payload, o."time", o.source, o.sequence, o.traceparent
        """;

    /// <summary>Takes the oldest events; a row that was noted before may be on the topic.</summary>
    public static async Task<TakenRows> TakeAsync(NpgsqlConnection connection, int limit, CancellationToken stop)
    {
        await using var note = new NpgsqlCommand(Note, connection) { Parameters = { new() { Value = limit } } };
        var rows = new List<(long Position, RelayedEvent Event)>();
        await using (var reader = await note.ExecuteReaderAsync(stop))
        {
            while (await reader.ReadAsync(stop))
                rows.Add((reader.GetInt64(0), Read(reader)));
        }

        rows.Sort(static (one, other) => one.Position.CompareTo(other.Position));
        return new TakenRows([.. rows.Select(row => row.Position)], [.. rows.Select(row => row.Event)]);
    }

    /// <summary>Forgets events that Kafka has stored.</summary>
    public static async Task DeleteAsync(NpgsqlConnection connection, TakenRows rows, CancellationToken stop)
    {
        await using var delete = new NpgsqlCommand("DELETE FROM orders.outbox WHERE position = ANY ($1)", connection)
        {
            Parameters = { new() { Value = rows.Positions } },
        };
        await delete.ExecuteNonQueryAsync(stop);
    }

    private static RelayedEvent Read(NpgsqlDataReader row) => new(
        new OutboxMessage(
            row.GetGuid(2), row.GetString(3), row.GetString(4), row.GetString(5), Payload(row.GetString(6)), row.GetFieldValue<DateTimeOffset>(7),
            row.GetString(8), row.GetInt64(9), row.IsDBNull(10) ? null : row.GetString(10)),
        mayBeStored: row.GetInt32(1) > 1);

    private static JsonElement Payload(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

/// <summary>Rows of the outbox that are on their way, oldest first.</summary>
internal sealed record TakenRows(long[] Positions, IReadOnlyList<RelayedEvent> Events);
