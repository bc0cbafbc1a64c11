using EventSourcing.Fulfillment.Contracts;
using EventSourcing.Fulfillment.Options;
using EventSourcing.Fulfillment.Process;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace EventSourcing.Fulfillment.State;

/// <summary>Process instances in PostgreSQL. A step's state and its event are committed together.</summary>
internal sealed class InstanceStore(Database database, ProcessStepper stepper, IOptions<ProcessOptions> options)
{
    private const string Due =
        """
        SELECT id, state, ending, attempt, number, due_at, deadline, cancel_requested, traceparent, now()
        FROM fulfillment.instances WHERE ended_at IS NULL AND due_at <= now() ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
        """;

    /// <summary>Starts a process for each order placed, and notes what was cancelled. Done again, it changes nothing.</summary>
    public async Task TakeOrdersAsync(IReadOnlyList<(string Id, string? TraceParent)> placed, IReadOnlyList<string> cancelled, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            $"""
            INSERT INTO fulfillment.instances (id, state, due_at, deadline, traceparent)
            SELECT id, '{ProcessModel.Started}', now(), now() + $3, traceparent FROM unnest($1, $2) AS placed (id, traceparent) ON CONFLICT DO NOTHING
            """)
        {
            Parameters =
            {
                new() { Value = placed.Select(order => order.Id).ToArray() },
                new() { Value = placed.Select(order => order.TraceParent).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = options.Value.Timeout },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            UPDATE fulfillment.instances SET cancel_requested = true, due_at = least(due_at, now())
            WHERE id = ANY ($1) AND ended_at IS NULL AND NOT cancel_requested
            """)
        {
            Parameters = { new() { Value = cancelled.ToArray() } },
        });
        await batch.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Takes every instance that is due, up to a batch, one step further. Replicas share the work: who is locked is somebody else's. Returns how many.</summary>
    public async Task<int> AdvanceAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var (due, now) = await ReadDueAsync(connection, stop);
        if (due.Count == 0)
            return 0;
        var moves = due.ConvertAll(instance => stepper.Advance(instance, now));
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(InstanceStatements.Update(moves.ConvertAll(move => move.After), now));
        batch.BatchCommands.Add(InstanceStatements.AppendSteps(moves, now));
        await batch.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        await NotifyAsync(connection, stop);
        return due.Count;
    }

    // After the commit: within it, everybody on the server who notifies would wait for this commit's flush to disk.
    private static async Task NotifyAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var notify = new NpgsqlCommand($"NOTIFY {Outbox.StepRelay.Channel}", connection);
        await notify.ExecuteNonQueryAsync(stop);
    }

    /// <summary>A page of committed steps behind <paramref name="after"/>.</summary>
    public async Task<StepPage> ReadStepsAsync(long after, int limit, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT source, last_sequence FROM fulfillment.counter"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT sequence, id, aggregateid FROM fulfillment.outbox WHERE sequence > $1 ORDER BY sequence LIMIT $2")
        {
            Parameters = { new() { Value = after }, new() { Value = limit } },
        });
        await using var reader = await batch.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        var (source, last) = (reader.GetString(0), reader.GetInt64(1));
        await reader.NextResultAsync(stop);
        var steps = new List<CommittedStep>();
        while (await reader.ReadAsync(stop))
            steps.Add(new CommittedStep(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2)));
        return new StepPage(source, Routes.ProcessSteps.Name, last, steps);
    }

    private async Task<(List<ProcessInstance> Due, DateTimeOffset Now)> ReadDueAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var query = new NpgsqlCommand(Due, connection) { Parameters = { new() { Value = options.Value.BatchInstances } } };
        await using var row = await query.ExecuteReaderAsync(stop);
        var due = new List<ProcessInstance>();
        var now = default(DateTimeOffset);
        while (await row.ReadAsync(stop))
        {
            due.Add(InstanceStatements.Read(row));
            now = row.GetFieldValue<DateTimeOffset>(9);
        }

        return (due, now);
    }
}
