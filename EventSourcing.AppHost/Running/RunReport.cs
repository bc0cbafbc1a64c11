using Microsoft.Extensions.Hosting;

namespace EventSourcing.AppHost.Running;

/// <summary>
/// The run as a person follows it: healthy, endpoints, and for a timed run progress, stop and verdict. It begins before Aspire starts the
/// resources, for that start ends only when the last of those that wait for others has begun.
/// </summary>
internal sealed class RunReport(
    RunDuration duration,
    StartReport start,
    TopologyMemory memory,
    LedgerReader ledger,
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceCommandService commands,
    IHostApplicationLifetime lifetime) : BackgroundService, IHostedLifecycleService
{
    private const string StopCommand = "stop"; // Aspire's own command on every project
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => base.StartAsync(cancellationToken);

    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask; // it runs

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await start.PrintAsync(stoppingToken);
            if (duration.Value is { } time)
                await RunAsync(time, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            if (duration.Value is not null)
                Environment.ExitCode = 1; // a timed run that was interrupted has no verdict
        }
        catch (Exception error) when (error is DistributedApplicationException or HttpRequestException)
        {
            Fail(error.Message);
        }
    }

    private async Task RunAsync(TimeSpan time, CancellationToken stop)
    {
        await FollowAsync(time, stop);
        Console.WriteLine(memory.Describe());
        Console.WriteLine("stopping the simulators, then waiting for everything they were promised");
        await Task.WhenAll(model.Resources.Where(static resource => resource.IsSimulator()).Select(simulator => StopAsync(simulator, stop)));

        var report = await ledger.SettleAsync(stop);
        lifetime.ApplicationStopped.Register(() => LedgerTable.Print(report));
        Environment.ExitCode = report.Balanced && report.Settled ? 0 : 1;
        lifetime.StopApplication();
    }

    private async Task FollowAsync(TimeSpan time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ProgressInterval);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        end.CancelAfter(time);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
                Console.WriteLine(await ledger.LineAsync(end.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // the time is over
        }
    }

    private async Task StopAsync(IResource simulator, CancellationToken stop)
    {
        var result = await commands.ExecuteCommandAsync(simulator, StopCommand, stop);
        if (!result.Success)
            throw new DistributedApplicationException($"'{simulator.Name}' did not stop: {result.Message}");
        await notifications.WaitForResourceAsync(simulator.Name, KnownResourceStates.TerminalStates, stop);
    }

    private void Fail(string message)
    {
        Console.Error.WriteLine(message);
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
