namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of an application.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    /// <summary>The resources, in order of declaration.</summary>
    public IResourceCollection Resources { get; } = resources;
}
