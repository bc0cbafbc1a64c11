using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>Something that happens in the life of the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>Something that happens to one resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    /// <summary>The resource.</summary>
    IResource Resource { get; }
}

/// <summary>A handler that was subscribed.</summary>
public class DistributedApplicationEventSubscription
{
    internal DistributedApplicationEventSubscription(IResource? resource, Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
    {
        Resource = resource;
        Callback = callback;
    }

    internal IResource? Resource { get; }

    internal Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; }
}

/// <summary>Tells handlers what happens: by exact type, one after the other in order of subscription. Their exceptions reach the publisher.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Subscribes to all events of a type.</summary>
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    /// <summary>Subscribes to the events of a type that happen to one resource.</summary>
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    /// <summary>Ends a subscription.</summary>
    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    /// <summary>Calls the handlers; completes when they have.</summary>
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;
}
