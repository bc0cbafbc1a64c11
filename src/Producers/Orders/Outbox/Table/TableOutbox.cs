using Npgsql;
using NpgsqlTypes;

namespace EventSourcing.Orders.Outbox.Table;

/// <summary>Events as rows beside the state.</summary>
internal sealed class TableOutbox(OutboxState state, RelayBell bell) : IOutbox
{
    /// <inheritdoc/>
    public void Append(NpgsqlBatchCommandCollection transaction, OutboxMessage message)
    {
        state.Accepted(1);
        transaction.Add(new NpgsqlBatchCommand(
            """
            INSERT INTO orders.outbox (id, aggregatetype, aggregateid, type, payload, "time", source, sequence, traceparent)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """)
        {
            Parameters =
            {
                new() { Value = message.Id },
                new() { Value = message.AggregateType },
                new() { Value = message.AggregateId },
                new() { Value = message.Type },
                new() { Value = message.Payload.GetRawText(), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = message.Time.ToUniversalTime() },
                new() { Value = message.Source },
                new() { Value = (object?)message.Sequence ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
                new() { Value = (object?)message.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        });
    }

    /// <inheritdoc/>
    public void Committed() => bell.Ring();
}
