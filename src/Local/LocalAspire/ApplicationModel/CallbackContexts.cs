using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Passed to callbacks that set environment variables.</summary>
public class EnvironmentCallbackContext
{
    internal EnvironmentCallbackContext(IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken stop)
    {
        Resource = resource;
        ExecutionContext = executionContext;
        Logger = logger;
        CancellationToken = stop;
    }

    /// <summary>The variables; values are text or value providers.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = [];

    /// <summary>How the application runs.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resource that gets the variables.</summary>
    public IResource Resource { get; }

    /// <summary>Logger of the resource.</summary>
    public ILogger Logger { get; }

    /// <summary>Cancelled when the start is given up.</summary>
    public CancellationToken CancellationToken { get; }
}

/// <summary>Passed to callbacks that set command-line arguments.</summary>
public class CommandLineArgsCallbackContext
{
    internal CommandLineArgsCallbackContext(IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken stop)
    {
        Resource = resource;
        ExecutionContext = executionContext;
        CancellationToken = stop;
    }

    /// <summary>The arguments; values are text or value providers.</summary>
    public IList<object> Args { get; } = [];

    /// <summary>How the application runs.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resource that gets the arguments.</summary>
    public IResource Resource { get; }

    /// <summary>Cancelled when the start is given up.</summary>
    public CancellationToken CancellationToken { get; }
}

/// <summary>Passed to callbacks that change the urls shown for a resource.</summary>
public class ResourceUrlsCallbackContext
{
    internal ResourceUrlsCallbackContext(IResource resource, List<ResourceUrlAnnotation> urls, CancellationToken stop)
    {
        Resource = resource;
        Urls = urls;
        CancellationToken = stop;
    }

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>Its urls; one per endpoint at first.</summary>
    public List<ResourceUrlAnnotation> Urls { get; }

    /// <summary>Cancelled when the start is given up.</summary>
    public CancellationToken CancellationToken { get; }
}
