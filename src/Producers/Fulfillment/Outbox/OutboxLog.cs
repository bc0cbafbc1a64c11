using Npgsql;

namespace EventSourcing.Fulfillment.Outbox;

/// <summary>The relay's statements. Numbers are dense and committed in order, so what is read is always a prefix of what is to come.</summary>
internal static class OutboxLog
{
    private const string Next =
        """
        SELECT o.sequence, o.id, o.aggregateid, o.payload, o."time", o.traceparent, o.sequence <= r.attempted_sequence
        FROM fulfillment.relay r JOIN fulfillment.outbox o ON o.sequence > r.stored_sequence ORDER BY o.sequence LIMIT $1
        """;

    /// <summary>The steps behind the last one that is stored.</summary>
    public static async Task<List<RelayedStep>> ReadAsync(NpgsqlConnection connection, int limit, CancellationToken stop)
    {
        await using var query = new NpgsqlCommand(Next, connection) { Parameters = { new() { Value = limit } } };
        await using var row = await query.ExecuteReaderAsync(stop);
        var steps = new List<RelayedStep>();
        while (await row.ReadAsync(stop))
        {
            steps.Add(new RelayedStep(
                row.GetInt64(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.IsDBNull(5) ? null : row.GetString(5))
            {
                MayBeStored = row.GetBoolean(6),
            });
        }

        return steps;
    }

    /// <summary>Steps up to here are about to be handed to Kafka.</summary>
    public static Task NoteAttemptedAsync(NpgsqlConnection connection, long sequence, CancellationToken stop) =>
        NoteAsync(connection, "UPDATE fulfillment.relay SET attempted_sequence = greatest(attempted_sequence, $1)", sequence, stop);

    /// <summary>Kafka has stored everything up to here.</summary>
    public static Task NoteStoredAsync(NpgsqlConnection connection, long sequence, CancellationToken stop) =>
        NoteAsync(connection, "UPDATE fulfillment.relay SET stored_sequence = $1", sequence, stop);

    private static async Task NoteAsync(NpgsqlConnection connection, string statement, long sequence, CancellationToken stop)
    {
        await using var note = new NpgsqlCommand(statement, connection) { Parameters = { new() { Value = sequence } } };
        await note.ExecuteNonQueryAsync(stop);
    }
}
