using Npgsql;

namespace EventSourcing.Orders.Outbox.Table;

/// <summary>Counts the rows; they are bounded, so the count is cheap.</summary>
internal sealed class TableGauge : IOutboxGauge
{
    private const string Question =
        """
        SELECT count(*), coalesce(extract(epoch FROM now() - min("time")), 0)::float8, pg_is_in_recovery() OR current_setting('transaction_read_only') = 'on'
        FROM orders.outbox
        """;

    /// <inheritdoc/>
    public async Task<OutboxMeasurement> MeasureAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var question = new NpgsqlCommand(Question, connection);
        await using var row = await question.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        return new OutboxMeasurement(row.GetInt64(0), TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(1))), IsSlotLost: false, row.GetBoolean(2));
    }
}
