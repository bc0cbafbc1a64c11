using EventSourcing.Orders.Options;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace EventSourcing.Orders.Outbox.Logical;

/// <summary>Measures how far the slot is behind the log. A relay that has nothing to do moves it, too, so a slot that stands still is a relay that does.</summary>
internal sealed class SlotGauge(IOptions<OutboxOptions> options, TimeProvider time) : IOutboxGauge
{
    private const string Question =
        """
        SELECT pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, confirmed_flush_lsn)::bigint,
            confirmed_flush_lsn, wal_status, pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'
        FROM pg_replication_slots WHERE slot_name = $1 AND database = current_database()
        """;

    private NpgsqlLogSequenceNumber _seen;
    private DateTimeOffset _movedAt = time.GetUtcNow();

    /// <inheritdoc/>
    public async Task<OutboxMeasurement> MeasureAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var question = new NpgsqlCommand(Question, connection) { Parameters = { new() { Value = options.Value.SlotName } } };
        await using var row = await question.ExecuteReaderAsync(stop);
        if (!await row.ReadAsync(stop) || row.IsDBNull(1) || row.GetString(2) == "lost")
            return new OutboxMeasurement(0, TimeSpan.Zero, IsSlotLost: true, IsReadOnly: false);
        var position = row.GetFieldValue<NpgsqlLogSequenceNumber>(1);
        var now = time.GetUtcNow();
        var backlog = Math.Max(0, row.GetInt64(0));
        if (position != _seen || backlog == 0)
            (_seen, _movedAt) = (position, now);
        return new OutboxMeasurement(backlog, now - _movedAt, IsSlotLost: false, row.GetBoolean(3));
    }
}
