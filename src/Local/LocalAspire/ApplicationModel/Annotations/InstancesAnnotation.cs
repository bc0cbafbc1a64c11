namespace Aspire.Hosting.ApplicationModel;

/// <summary>Ids of the processes of a resource: <c>&lt;name&gt;-&lt;8 letters&gt;</c>.</summary>
internal sealed record InstancesAnnotation(IReadOnlyList<string> Ids) : IResourceAnnotation;

internal static class InstanceExtensions
{
    public static IReadOnlyList<string> InstanceIds(this IResource resource) =>
        resource.TryGetLastAnnotation<InstancesAnnotation>(out var instances) ? instances.Ids : [resource.Name];

    /// <summary>Whether the orchestrator runs processes of the resource.</summary>
    public static bool RunsProcesses(this IResource resource) => resource is ProjectResource or ExecutableResource;
}
