using Confluent.Kafka;
using EventSourcing.EventBackbone;
using EventSourcing.MobileBff.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Window;

/// <summary>
/// After a crash some events were begun and nobody noted how that ended. Before the first request is taken, the topic is asked: those it has are noted as stored. The
/// others stay uncertain (a record may still be on its way through the broker), and are marked when they come again.
/// </summary>
internal sealed class WindowRecovery(
    WindowStore store, TopicTail topic, IOptions<WindowOptions> options, TimeProvider time, ILogger<WindowRecovery> logger) : IHostedService
{
    // Record timestamps are the producer's; its clock may have been set meanwhile.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>Runs before the window's own thread starts: services start in the order in which they were added.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var begun = store.GetBegun();
        if (begun.Count == 0 || options.Value.RecoveryTimeout == TimeSpan.Zero)
            return;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Value.RecoveryTimeout);
        try
        {
            var since = begun.Values.Min() - Margin;
            var found = await Task.Run(() => topic.Find(begun.Keys.ToHashSet(), since, deadline.Token), deadline.Token);
            Note(found);
            Log.Recovered(logger, begun.Count, found.Count);
        }
        catch (Exception failure) when (failure is KafkaException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.NotRecovered(logger, begun.Count, failure.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Note(Dictionary<EventKey, Receipt> found)
    {
        store.Begin();
        foreach (var (key, receipt) in found)
            store.Note(new Outcome(key, receipt, WasUncertain: true));
        store.RenewBegun(time.GetUtcNow());                    // the next start need not look further back
        store.Commit();
    }
}
