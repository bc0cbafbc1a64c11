using System.Text.Json;
using EventSourcing.Fulfillment.Contracts;
using EventSourcing.Fulfillment.Process;
using Npgsql;
using NpgsqlTypes;

namespace EventSourcing.Fulfillment.State;

/// <summary>The statements of a worker's transaction, each for the whole batch.</summary>
internal static class InstanceStatements
{
    private const NpgsqlDbType Texts = NpgsqlDbType.Array | NpgsqlDbType.Text;

    /// <summary>The instance in the reader's row.</summary>
    public static ProcessInstance Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt32(3), row.GetInt32(4),
        row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6), row.GetBoolean(7), row.IsDBNull(8) ? null : row.GetString(8));

    public static NpgsqlBatchCommand Update(List<ProcessInstance> after, DateTimeOffset now) => new(
        $"""
        UPDATE fulfillment.instances i SET state = a.state, ending = a.ending, attempt = a.attempt, number = a.number, due_at = a.due_at,
            ended_at = CASE WHEN a.state = '{ProcessModel.Ended}' THEN $7 END
        FROM unnest($1, $2, $3, $4, $5, $6) AS a (id, state, ending, attempt, number, due_at) WHERE i.id = a.id
        """)
    {
        Parameters =
        {
            new() { Value = after.Select(one => one.Id).ToArray() },
            new() { Value = after.Select(one => one.State).ToArray() },
            new() { Value = after.Select(one => one.Ending).ToArray(), NpgsqlDbType = Texts },
            new() { Value = after.Select(one => one.Attempt).ToArray() },
            new() { Value = after.Select(one => one.Number).ToArray() },
            new() { Value = after.Select(one => one.DueAt.UtcDateTime).ToArray() },
            new() { Value = now },
        },
    };

    /// <summary>The counter's row lock comes last in the transaction and ends with it: it makes the numbers dense and their order that of the commits.</summary>
    public static NpgsqlBatchCommand AppendSteps(List<(ProcessInstance After, ProcessStep Step)> moves, DateTimeOffset now) => new(
        $"""
        WITH counted AS (UPDATE fulfillment.counter SET last_sequence = last_sequence + $5 RETURNING last_sequence - $5 AS base)
        INSERT INTO fulfillment.outbox (sequence, id, aggregatetype, aggregateid, type, payload, "time", traceparent)
        SELECT base + nth, id, 'process', aggregateid, '{ProcessStep.EventType}', payload::jsonb, $6, traceparent
        FROM counted, unnest($1, $2, $3, $4) WITH ORDINALITY AS s (id, aggregateid, payload, traceparent, nth)
        """)
    {
        Parameters =
        {
            new() { Value = moves.Select(_ => Guid.CreateVersion7()).ToArray() },
            new() { Value = moves.Select(move => move.Step.InstanceId).ToArray() },
            new() { Value = moves.Select(move => JsonSerializer.Serialize(move.Step, FulfillmentJson.Default.ProcessStep)).ToArray() },
            new() { Value = moves.Select(move => move.After.TraceParent).ToArray(), NpgsqlDbType = Texts },
            new() { Value = (long)moves.Count },
            new() { Value = now },
        },
    };
}
