using EventSourcing.Fulfillment.Options;
using EventSourcing.Fulfillment.State;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.Fulfillment.Workers;

/// <summary>Makes the tables, then measures what runs and what waits, and forgets what is old.</summary>
internal sealed class FulfillmentMonitor(
    Database database, ServiceState state, IOptions<OutboxOptions> options, TimeProvider time, ILogger<FulfillmentMonitor> logger) : BackgroundService
{
    private const string Question =
        """
        SELECT (SELECT count(*) FROM fulfillment.instances WHERE ended_at IS NULL), c.last_sequence - r.stored_sequence,
            coalesce(extract(epoch FROM now() - (SELECT o."time" FROM fulfillment.outbox o WHERE o.sequence = r.stored_sequence + 1)), 0)::float8
        FROM fulfillment.counter c, fulfillment.relay r
        """;

    private const string Forget =
        """
        DELETE FROM fulfillment.outbox WHERE sequence IN (SELECT sequence FROM fulfillment.outbox
            WHERE sequence <= (SELECT stored_sequence FROM fulfillment.relay) AND "time" < now() - $1 ORDER BY sequence LIMIT 5000);
        """;

    private const string ForgetInstances =
        """
        DELETE FROM fulfillment.instances WHERE id IN (SELECT id FROM fulfillment.instances WHERE ended_at < now() - $1 ORDER BY ended_at LIMIT 1000);
        """;

    private bool _isMade;
    private bool _isAway;
    private bool _wasFull;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.MeasureInterval, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception away) when (Database.IsAway(away))
            {
                if (!_isAway)
                    Log.DatabaseAway(logger, away.Message);
                _isAway = true;
                state.Away(away.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        var source = _isMade ? null : await Schema.EnsureAsync(connection, stop);
        _isMade = true;
        var wasAway = state.Failure is not null;
        await MeasureAsync(connection, stop);
        if (source is not null)
            state.Ready(source);
        if (wasAway)
            Log.DatabaseReady(logger);
        _isAway = false;
        if (state.IsFull && !_wasFull)
            Log.Full(logger, state.Running, state.Waiting);
        else if (!state.IsFull && _wasFull)
            Log.HasRoom(logger);
        _wasFull = state.IsFull;
        await ForgetAsync(connection, stop);
    }

    private async Task MeasureAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        var addedBefore = state.AddedSoFar;
        await using var question = new NpgsqlCommand(Question, connection);
        await using var row = await question.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        state.Measured(row.GetInt64(0), row.GetInt64(1), TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(2))), addedBefore);
    }

    private async Task ForgetAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var batch = connection.CreateBatch();
        foreach (var statement in (string[])[Forget, ForgetInstances])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement) { Parameters = { new() { Value = options.Value.Retention } } });
        await batch.ExecuteNonQueryAsync(stop);
    }
}
