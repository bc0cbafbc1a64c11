using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

internal sealed class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly ConcurrentDictionary<Type, ImmutableArray<DistributedApplicationEventSubscription>> _subscriptions = new();

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent =>
        Add<T>(new DistributedApplicationEventSubscription(null, (e, stop) => callback((T)e, stop)));

    public DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent =>
        Add<T>(new DistributedApplicationEventSubscription(resource, (e, stop) => callback((T)e, stop)));

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        foreach (var type in _subscriptions.Keys)
            _subscriptions.AddOrUpdate(type, [], (_, existing) => existing.Remove(subscription));
    }

    public async Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent
    {
        if (!_subscriptions.TryGetValue(typeof(T), out var subscriptions))
            return;

        var resource = (@event as IDistributedApplicationResourceEvent)?.Resource;
        foreach (var subscription in subscriptions)
        {
            if (subscription.Resource is null || ReferenceEquals(subscription.Resource, resource))
                await subscription.Callback(@event, cancellationToken);
        }
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        _subscriptions.AddOrUpdate(typeof(T), [subscription], (_, existing) => existing.Add(subscription));
        return subscription;
    }
}
