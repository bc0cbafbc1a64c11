using System.Globalization;

namespace EventSourcing.AppHost.Running;

/// <summary>What the diagram says about a resource beyond its arrows.</summary>
public static class ResourceExtensions
{
    /// <summary>A part of the outside world: a timed run stops these first, so that all they were promised can arrive.</summary>
    public static IResourceBuilder<ProjectResource> AsSimulator(this IResourceBuilder<ProjectResource> project) =>
        project.WithAnnotation(new SimulatorAnnotation());

    /// <summary>A service that spools to disk while the backbone is away: its folder outlives a restart of the service within the run.</summary>
    public static IResourceBuilder<ProjectResource> WithSpool(this IResourceBuilder<ProjectResource> project) =>
        project.WithEnvironment("Backbone__SpoolDirectory", Path.Combine(RunFolder.Of(project.Resource.Name), "spool"));

    /// <summary>How many lanes of the devices' traffic each replica takes; their locks live as long as the run.</summary>
    public static IResourceBuilder<ProjectResource> WithLanesPerReplica(this IResourceBuilder<ProjectResource> project, int lanes) => project
        .WithEnvironment("Mqtt__LanesPerReplica", lanes.ToString(CultureInfo.InvariantCulture))
        .WithEnvironment("Mqtt__StateDirectory", Path.Combine(RunFolder.Of(project.Resource.Name), "lanes"));
}

internal sealed record SimulatorAnnotation : IResourceAnnotation;
