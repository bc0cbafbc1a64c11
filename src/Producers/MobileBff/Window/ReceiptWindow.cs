using System.Threading.Channels;
using EventSourcing.MobileBff.Options;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Window;

/// <summary>
/// Remembers what every event was told, over a restart and a kill: an event is noted on disk before it is published and its receipt before it is
/// answered. One thread writes; what several requests want meanwhile shares one transaction.
/// </summary>
internal sealed class ReceiptWindow(WindowStore store, IOptions<WindowOptions> options, TimeProvider time, ILogger<ReceiptWindow> logger)
    : BackgroundService, IHealthCheck
{
    private const int MostPerTransaction = 256;

    private readonly Channel<WindowWork> _work = Channel.CreateBounded<WindowWork>(new BoundedChannelOptions(1_024) { SingleReader = true });
    private volatile string? _failure;

    /// <summary>Events remembered, about.</summary>
    public long Count => store.Count;

    /// <summary>What is known of each event; those of which nothing is are begun.</summary>
    /// <exception cref="WindowUnavailableException">The file cannot be written: nothing is begun.</exception>
    public async Task<Sighting[]> BeginAsync(IReadOnlyList<EventKey> keys)
    {
        var sightings = new Sighting[keys.Count];
        await RunAsync(now =>
        {
            for (var i = 0; i < sightings.Length; i++)
                sightings[i] = store.See(keys[i], now);
            store.Prune(options.Value.MaxEvents, now - options.Value.MaxAge);
        });
        return sightings;
    }

    /// <summary>Notes what became of events that were begun.</summary>
    /// <exception cref="WindowUnavailableException">The file cannot be written: the events stay begun.</exception>
    public Task CompleteAsync(IReadOnlyList<Outcome> outcomes) => RunAsync(_ =>
    {
        foreach (var outcome in outcomes)
            store.Note(outcome);
    });

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_failure is { } reason ? HealthCheckResult.Unhealthy($"The receipt window cannot be written: {reason}") : HealthCheckResult.Healthy());

    /// <summary>Ends when what has been asked for is done.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _work.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<WindowWork>(MostPerTransaction);
        while (await _work.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (group.Count < MostPerTransaction && _work.Reader.TryRead(out var next))
                group.Add(next);
            Write(group);
            group.Clear();
        }
    }

    private async Task RunAsync(Action<DateTimeOffset> act)
    {
        var work = new WindowWork(act);
        try
        {
            await _work.Writer.WriteAsync(work);
        }
        catch (ChannelClosedException)
        {
            throw new WindowUnavailableException("the service is stopping");
        }

        await work.Done.Task;
    }

    private void Write(List<WindowWork> group)
    {
        try
        {
            store.Begin();
            foreach (var work in group)
                work.Act(time.GetUtcNow());
            store.Commit();
        }
        catch (SqliteException failure)
        {
            Fail(group, failure.Message);
            return;
        }

        if (Interlocked.Exchange(ref _failure, null) is not null)
            Log.WindowBack(logger);
        group.ForEach(static work => work.Done.TrySetResult());
    }

    private void Fail(List<WindowWork> group, string reason)
    {
        if (Interlocked.Exchange(ref _failure, reason) is null)
            Log.WindowUnavailable(logger, reason);
        try
        {
            store.Rollback();
        }
        catch (SqliteException)
        {
            // The next transaction says so again.
        }

        group.ForEach(work => work.Done.TrySetException(new WindowUnavailableException(reason)));
    }

    private sealed record WindowWork(Action<DateTimeOffset> Act)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>The window cannot be written.</summary>
internal sealed class WindowUnavailableException(string reason) : Exception(reason);
