using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells the states of the resources and lets callers wait for them. Names ignore case.</summary>
public partial class ResourceNotificationService
{
    private readonly ResourceStates _states = new();
    private readonly SnapshotCompletion _completion;

    internal ResourceNotificationService(IServiceProvider services, WaitBehavior defaultWaitBehavior)
    {
        _completion = new SnapshotCompletion(services);
        DefaultWaitBehavior = defaultWaitBehavior;
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    /// <summary>The latest snapshot of every resource instance, then each change. Ends when the application has stopped.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (changes, subscription) = _states.Watch();
        using (subscription)
        {
            await foreach (var change in changes.ReadAllAsync(cancellationToken))
                yield return change;
        }
    }

    /// <summary>The latest snapshot of an instance, by its id, or of a resource by its name when it has one instance.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        if (_states.TryGet(resourceId, out resourceEvent))
            return true;

        var instances = _states.All(resourceId);
        resourceEvent = instances.Count == 1 ? instances[0] : null;
        return resourceEvent is not null;
    }

    /// <summary>Changes the snapshots of all instances of a resource.</summary>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in resource.InstanceIds())
            Publish(resource, id, stateFactory);
        return Task.CompletedTask;
    }

    /// <summary>Changes the snapshot of one instance.</summary>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        Publish(resource, resourceId, stateFactory);
        return Task.CompletedTask;
    }

    internal ResourceWatch WatchBatches()
    {
        var (changes, subscription) = _states.Watch();
        return new ResourceWatch(changes, subscription);
    }

    internal void Complete() => _states.Complete();

    private void Publish(IResource resource, string id, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        _states.Update(resource, id, previous =>
        {
            var before = previous ?? SnapshotCompletion.Initial(resource);
            return _completion.Complete(resource, before, change(before));
        });
}
