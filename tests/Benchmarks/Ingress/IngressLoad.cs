using System.Diagnostics;
using System.Threading.Channels;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>Sends through a path: as fast as it goes with a bounded number of sends under way, or at a constant rate.</summary>
internal sealed class IngressLoad(IngressPath path, Arrivals arrivals)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    private delegate ValueTask<Portion?> Next(CancellationToken stop);

    /// <summary>Each lane sends its next portion when the one before is answered.</summary>
    public Task AtFullSpeedAsync(int first, int count, CancellationToken stop)
    {
        var (next, end) = (first, first + count);
        return RunAsync(
            _ =>
            {
                var own = Interlocked.Add(ref next, path.AtOnce) - path.AtOnce;
                return ValueTask.FromResult(own < end ? HandOver(own, Math.Min(path.AtOnce, end - own)) : null);
            },
            stop);
    }

    /// <summary>What is due is handed over, whatever became of what was sent before: waiting for a free lane counts.</summary>
    public async Task PacedAsync(int first, int count, double perSecond, CancellationToken stop)
    {
        var due = Channel.CreateUnbounded<Portion>();
        var lanes = RunAsync(token => NextAsync(due.Reader, token), stop);
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Tick);
        for (var sent = 0; sent < count && !lanes.IsCompleted && await timer.WaitForNextTickAsync(stop);)
        {
            for (; sent < count && sent <= clock.Elapsed.TotalSeconds * perSecond; sent += path.PacedAtOnce)
            {
                due.Writer.TryWrite(HandOver(first + sent, Math.Min(path.PacedAtOnce, count - sent)));
            }
        }

        due.Writer.Complete();
        await lanes;
    }

    private static async ValueTask<Portion?> NextAsync(ChannelReader<Portion> due, CancellationToken stop)
    {
        while (await due.WaitToReadAsync(stop))
        {
            if (due.TryRead(out var portion))
            {
                return portion;
            }
        }

        return null;
    }

    private Portion HandOver(int first, int count)
    {
        arrivals.HandOver(first, count);
        return new Portion(first, count);
    }

    // The first failure stops the other lanes, and is the one that is told.
    private async Task RunAsync(Next next, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var lanes = Enumerable.Range(0, path.Lanes).Select(lane => Task.Run(() => WorkAsync(lane, next, ending), CancellationToken.None)).ToArray();
        await Task.WhenAll(lanes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        await (lanes.FirstOrDefault(lane => lane.IsFaulted) ?? Task.WhenAll(lanes));
    }

    private async Task WorkAsync(int lane, Next next, CancellationTokenSource ending)
    {
        try
        {
            while (await next(ending.Token) is { } portion)
            {
                await path.SendAsync(lane, portion.First, portion.Count, ending.Token);
            }
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }
    }

    private sealed record Portion(int First, int Count);
}
