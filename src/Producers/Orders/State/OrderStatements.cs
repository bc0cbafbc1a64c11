using System.Text.Json;
using EventSourcing.Orders.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace EventSourcing.Orders.State;

/// <summary>The statements on orders and keys.</summary>
internal static class OrderStatements
{
    private const string Columns = "id, status, version, customer_id, currency, total, lines, placed_at, changed_at, reason";

    /// <summary>Stands in a key's row until its transaction knows the answer; nobody else ever sees it.</summary>
    public static readonly CommandResult.Done NotYet = new(0, 0, [], IsReplay: false);

    public static NpgsqlBatchCommand InsertKey<T>(Command<T> command, CommandResult.Done done)
        where T : IChannelCommand => new(
        "INSERT INTO orders.idempotency_keys (key, fingerprint, channel, channel_sequence, status, version, answer) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        {
            Parameters =
        {
            new() { Value = command.Key },
            new() { Value = command.Fingerprint },
            new() { Value = (object?)command.Body.Channel ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (object?)command.Body.ChannelSequence ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            new() { Value = done.Status },
            new() { Value = done.Version },
            new() { Value = done.Answer },
        },
        };

    public static NpgsqlBatchCommand CompleteKey(string key, CommandResult.Done done) =>
        new("UPDATE orders.idempotency_keys SET status = $2, version = $3, answer = $4 WHERE key = $1")
        {
            Parameters = { new() { Value = key }, new() { Value = done.Status }, new() { Value = done.Version }, new() { Value = done.Answer } },
        };

    public static NpgsqlCommand FindKey(NpgsqlConnection connection, string key) =>
        new("SELECT fingerprint, status, version, answer FROM orders.idempotency_keys WHERE key = $1", connection) { Parameters = { new() { Value = key } } };

    public static NpgsqlBatchCommand InsertOrder(OrderView order) => new($"INSERT INTO orders.orders ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, NULL)")
    {
        Parameters =
        {
            new() { Value = order.OrderId },
            new() { Value = order.Status },
            new() { Value = order.Version },
            new() { Value = order.CustomerId },
            new() { Value = order.Currency },
            new() { Value = order.Total },
            new() { Value = JsonSerializer.Serialize(order.Lines, OrdersJson.Default.IReadOnlyListOrderLine), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = order.PlacedAt },
        },
    };

    public static NpgsqlBatchCommand Cancel(Guid id, Command<CancelOrder> command, DateTimeOffset now) => new(
        $"""
        UPDATE orders.orders SET status = '{OrderView.Cancelled}', version = version + 1, reason = $2, changed_at = $3
        WHERE id = $1 AND status = '{OrderView.Placed}' AND ($4 IS NULL OR version = ANY ($4)) RETURNING {Columns}
        """)
    {
        Parameters =
        {
            new() { Value = id },
            new() { Value = (object?)command.Body.Reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = now },
            new() { Value = (object?)command.Expected ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
        },
    };

    public static NpgsqlCommand FindOrder(NpgsqlConnection connection, Guid id) =>
        new($"SELECT {Columns} FROM orders.orders WHERE id = $1", connection) { Parameters = { new() { Value = id } } };

    /// <summary>The order in the reader's row.</summary>
    public static OrderView Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetDecimal(5),
        JsonSerializer.Deserialize(row.GetString(6), OrdersJson.Default.IReadOnlyListOrderLine)!,
        row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(8), row.IsDBNull(9) ? null : row.GetString(9));
}
