using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace EventSourcing.EventBackbone;

/// <summary>Starts the backbone before the service's own workers and stops it after them.</summary>
internal sealed class BackboneService(BackboneRuntime runtime) : IHostedService, IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private Task _topics = Task.CompletedTask;

    /// <summary>Waits for the topics as long as the options say; without a backbone the start goes on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        runtime.Start();
        _topics = Task.Run(() => runtime.EnsureTopicsAsync(_stop.Token), CancellationToken.None);
        await Task.WhenAny(Task.WhenAll(_topics, runtime.Monitor.FirstVerdict), Task.Delay(runtime.Settings.Options.TopicTimeout, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        foreach (var channel in runtime.Channels)
            channel.BeginStop();
        await UntilAsync(() => runtime.Channels.All(channel => channel.IsIdle || !channel.CanFlush), cancellationToken);
        foreach (var channel in runtime.Channels)
            channel.SpoolRemaining();
        await UntilAsync(() => !runtime.Channels.Any(channel => channel.SpoolRemaining()), cancellationToken);
        foreach (var channel in runtime.Channels)
            channel.Close();
        await _topics.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task UntilAsync(Func<bool> done, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        while (!done() && !stop.IsCancellationRequested && Stopwatch.GetElapsedTime(started) < runtime.Settings.Options.FlushTimeout)
            await Task.Delay(Poll, CancellationToken.None);
    }
}
