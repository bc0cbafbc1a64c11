namespace Aspire.Hosting.ApplicationModel;

/// <summary>A change of a resource instance.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The instance: <c>&lt;name&gt;-&lt;8 letters&gt;</c> for a process, else the name.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>Its state after the change.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
