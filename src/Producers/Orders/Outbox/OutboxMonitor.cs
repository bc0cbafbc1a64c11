using EventSourcing.Orders.Options;
using EventSourcing.Orders.State;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Outbox;

/// <summary>Makes the tables (and the slot), then measures the backlog again and again.</summary>
internal sealed class OutboxMonitor(
    Database database, IOutboxGauge gauge, OutboxState state, IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxMonitor> logger) : BackgroundService
{
    private bool _isMade;
    private bool _isAway;
    private bool _wasFull;
    private bool _wasLost;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.MeasureInterval, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DatabaseAwayException away)
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
        if (!_isMade)
            await MakeAsync(stop);
        var acceptedBefore = state.AcceptedSoFar;
        var measurement = await database.RunAsync(connection => gauge.MeasureAsync(connection, stop), stop);
        var wasAway = state.Failure is not null;
        state.Measured(measurement, acceptedBefore);
        if (wasAway && state.Failure is null)
            Log.DatabaseReady(logger);
        _isAway = false;
        state.Ready();
        LogChanges();
    }

    private async Task MakeAsync(CancellationToken stop)
    {
        await database.RunAsync(async connection =>
        {
            await Schema.EnsureAsync(connection, stop);
            if (options.Value.Kind == OutboxKind.LogicalMessage)
                await Schema.EnsureSlotAsync(connection, options.Value.SlotName, stop);
            return true;
        }, stop);
        _isMade = true;
    }

    private void LogChanges()
    {
        if (state.IsSlotLost && !_wasLost)
            Log.SlotLost(logger, options.Value.SlotName);
        if (state.IsFull && !_wasFull)
            Log.OutboxFull(logger, state.Backlog, state.Limit);
        else if (!state.IsFull && _wasFull)
            Log.OutboxHasRoom(logger);
        (_wasFull, _wasLost) = (state.IsFull, state.IsSlotLost);
    }
}
