using Npgsql;

namespace EventSourcing.Orders.Outbox;

/// <summary>Measures what waits in the outbox.</summary>
internal interface IOutboxGauge
{
    /// <summary>Asks the database.</summary>
    Task<OutboxMeasurement> MeasureAsync(NpgsqlConnection connection, CancellationToken stop);
}
