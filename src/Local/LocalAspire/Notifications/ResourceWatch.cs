using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Reads changes in batches, of each instance only the latest.</summary>
internal sealed class ResourceWatch(ChannelReader<ResourceEvent> changes, IDisposable subscription) : IDisposable
{
    /// <returns>False when the application has stopped.</returns>
    public ValueTask<bool> WaitAsync(CancellationToken stop) => changes.WaitToReadAsync(stop);

    public IReadOnlyCollection<ResourceEvent> TakeLatest()
    {
        var latest = new Dictionary<string, ResourceEvent>();
        while (changes.TryRead(out var change))
            latest[change.ResourceId] = change;
        return latest.Values;
    }

    public void Dispose() => subscription.Dispose();
}
