using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds to a snapshot what follows from the resource's annotations: commands, relationships, health checks, icon.</summary>
internal sealed class SnapshotCompletion(IServiceProvider services)
{
    public static CustomResourceSnapshot Initial(IResource resource)
    {
        var snapshot = resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var declared)
            ? declared.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = TypeName(resource), Properties = [] };
        return snapshot with { HealthReports = NoReports(resource) };
    }

    public CustomResourceSnapshot Complete(IResource resource, CustomResourceSnapshot before, CustomResourceSnapshot after)
    {
        if (IsRunning(after) && !IsRunning(before))
            after = after with { HealthReports = NoReports(resource), ResourceReady = null };
        if (resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon))
            after = after with { IconName = icon.IconName, IconVariant = icon.IconVariant };
        return after with
        {
            Commands = Keep(before.Commands, [.. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => c.ToSnapshot(after, services))]),
            Relationships = Keep(before.Relationships, [.. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
                .Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type)).Distinct()]),
        };
    }

    private static string TypeName(IResource resource) => resource switch
    {
        ProjectResource => "Project",
        ContainerResource => "Container",
        ExecutableResource => "Executable",
        ParameterResource => "Parameter",
        ConnectionStringResource or ConfiguredConnectionStringResource => "ConnectionString",
        _ => resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
    };

    private static ImmutableArray<HealthReportSnapshot> NoReports(IResource resource) =>
        [.. resource.Annotations.OfType<HealthCheckAnnotation>().Select(check => new HealthReportSnapshot(check.Key, null, null, null))];

    private static bool IsRunning(CustomResourceSnapshot snapshot) => snapshot.State?.Text == KnownResourceStates.Running;

    /// <summary>The old array when the new one says the same, so that equal snapshots compare equal.</summary>
    private static ImmutableArray<T> Keep<T>(ImmutableArray<T> old, ImmutableArray<T> next) => old.AsSpan().SequenceEqual(next.AsSpan()) ? old : next;
}
