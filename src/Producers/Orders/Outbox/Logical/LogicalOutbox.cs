using System.Text.Json;
using EventSourcing.Orders.Contracts;
using Npgsql;

namespace EventSourcing.Orders.Outbox.Logical;

/// <summary>Events as messages in the transaction log: they are there when the transaction commits, and were never there when it does not.</summary>
internal sealed class LogicalOutbox(OutboxState state) : IOutbox
{
    /// <summary>Prefix of the messages.</summary>
    public const string Prefix = "outbox";

    /// <inheritdoc/>
    public void Append(NpgsqlBatchCommandCollection transaction, OutboxMessage message)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, OrdersJson.Default.OutboxMessage);
        state.Accepted(bytes.Length);
        transaction.Add(new NpgsqlBatchCommand($"SELECT pg_logical_emit_message(true, '{Prefix}', $1)") { Parameters = { new() { Value = bytes } } });
    }

    /// <inheritdoc/>
    public void Committed()
    {
        // The server sends it to the relay.
    }
}
