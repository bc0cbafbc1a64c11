using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Launch;

namespace Aspire.Hosting;

/// <summary>Adds projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project with its default launch profile.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, _ => { });

    /// <summary>Adds a project with a launch profile; null for none.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, options =>
        {
            options.LaunchProfileName = launchProfileName;
            options.ExcludeLaunchProfile = launchProfileName is null;
        });

    /// <summary>Adds a project with options.</summary>
    /// <exception cref="DistributedApplicationException">The launch profile that was named does not exist.</exception>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation<IProjectMetadata, ProjectResource>(new TProject());
        return ProjectDefaults.Apply(project, options);
    }

    /// <summary>Runs several processes of the project behind one proxy.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="replicas">Processes, 1 or more.</param>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<T> WithAnnotation<TAnnotation, T>(this IResourceBuilder<T> builder, TAnnotation annotation)
        where TAnnotation : IResourceAnnotation
        where T : IResource =>
        builder.WithAnnotation(annotation);
}
