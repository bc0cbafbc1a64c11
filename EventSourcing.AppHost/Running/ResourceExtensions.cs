using System.Globalization;
using System.Security.Cryptography;

namespace EventSourcing.AppHost.Running;

/// <summary>What the diagram says about a resource beyond its arrows.</summary>
public static class ResourceExtensions
{
    private const int SecretLength = 64;

    /// <summary>A secret that the services of one run share and nobody else knows; the configuration key <c>Parameters:NAME</c> gives one from outside.</summary>
    public static IResourceBuilder<ParameterResource> AddRunSecret(this IDistributedApplicationBuilder builder, string name, string prefix = "") =>
        builder.AddParameter(name, builder.Configuration[$"Parameters:{name}"] ?? prefix + RandomNumberGenerator.GetHexString(SecretLength, lowercase: true), secret: true);

    /// <summary>Names a folder of the resource in a variable: it outlives a restart of the service within the run. Where it is published to, the service's own setting holds.</summary>
    public static IResourceBuilder<ProjectResource> WithRunFolder(this IResourceBuilder<ProjectResource> project, string variable, string folder) =>
        project.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? project
            : project.WithEnvironment(variable, Path.Combine(RunFolder.Of(project.ApplicationBuilder, project.Resource.Name), folder));

    /// <summary>A service that spools to disk while the backbone is away: its folder outlives a restart of the service within the run.</summary>
    public static IResourceBuilder<ProjectResource> WithSpool(this IResourceBuilder<ProjectResource> project) =>
        project.WithRunFolder("Backbone__SpoolDirectory", "spool");

    /// <summary>How many lanes of the devices' traffic each replica takes; their locks live as long as the run.</summary>
    public static IResourceBuilder<ProjectResource> WithLanesPerReplica(this IResourceBuilder<ProjectResource> project, int lanes) => project
        .WithEnvironment("Mqtt__LanesPerReplica", lanes.ToString(CultureInfo.InvariantCulture))
        .WithRunFolder("Mqtt__StateDirectory", "lanes");
}
