using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Once, before anything is started; handlers may still change the model.</summary>
public class BeforeStartEvent(IServiceProvider services, DistributedApplicationModel model) : IDistributedApplicationEvent
{
    /// <summary>The AppHost's services.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>The resources.</summary>
    public DistributedApplicationModel Model { get; } = model;
}

/// <summary>The addresses of the resource's endpoints are known.</summary>
public class ResourceEndpointsAllocatedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>The AppHost's services.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>The connection string of the resource can be read.</summary>
public class ConnectionStringAvailableEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>The AppHost's services.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>The resource is about to start; handlers delay it, and an exception of theirs makes it fail.</summary>
public class BeforeResourceStartedEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>The AppHost's services.</summary>
    public IServiceProvider Services { get; } = services;
}

/// <summary>The resource runs and is healthy for the first time in this run of it.</summary>
public class ResourceReadyEvent(IResource resource, IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>The AppHost's services.</summary>
    public IServiceProvider Services { get; } = services;
}
