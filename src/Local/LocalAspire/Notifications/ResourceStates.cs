using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The latest snapshot of each resource instance, and those who watch them.</summary>
internal sealed class ResourceStates
{
    /// <summary>Events that a watcher may fall behind; past that its oldest are dropped, which newer snapshots supersede.</summary>
    private const int WatcherCapacity = 8192;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _latest = new(StringComparer.OrdinalIgnoreCase);
    private ImmutableArray<ChannelWriter<ResourceEvent>> _watchers = [];
    private bool _completed;

    public bool TryGet(string resourceId, [NotNullWhen(true)] out ResourceEvent? latest)
    {
        lock (_gate)
            return _latest.TryGetValue(resourceId, out latest);
    }

    public IReadOnlyList<ResourceEvent> All(string name)
    {
        lock (_gate)
            return [.. _latest.Values.Where(e => string.Equals(e.Resource.Name, name, StringComparison.OrdinalIgnoreCase))];
    }

    public void Update(IResource resource, string resourceId, Func<CustomResourceSnapshot?, CustomResourceSnapshot> update)
    {
        lock (_gate)
        {
            var previous = _latest.GetValueOrDefault(resourceId)?.Snapshot;
            var snapshot = update(previous);
            if (snapshot == previous)
                return;

            var change = _latest[resourceId] = new ResourceEvent(resource, resourceId, snapshot);
            foreach (var watcher in _watchers)
                watcher.TryWrite(change);
        }
    }

    public (ChannelReader<ResourceEvent> Changes, IDisposable Subscription) Watch()
    {
        var channel = Channel.CreateBounded<ResourceEvent>(new BoundedChannelOptions(WatcherCapacity)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
        });
        lock (_gate)
        {
            foreach (var latest in _latest.Values)
                channel.Writer.TryWrite(latest);
            if (_completed)
                channel.Writer.TryComplete();
            else
                _watchers = _watchers.Add(channel.Writer);
        }

        return (channel.Reader, new Subscription(this, channel.Writer));
    }

    /// <summary>Ends all watches: the application has stopped.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            foreach (var watcher in _watchers)
                watcher.TryComplete();
            _watchers = [];
        }
    }

    private sealed class Subscription(ResourceStates states, ChannelWriter<ResourceEvent> watcher) : IDisposable
    {
        public void Dispose()
        {
            lock (states._gate)
                states._watchers = states._watchers.Remove(watcher);
        }
    }
}
