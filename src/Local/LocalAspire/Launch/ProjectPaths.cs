using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Launch;

/// <summary>Where a project and its assembly are.</summary>
internal static class ProjectPaths
{
    public static IProjectMetadata ProjectMetadata(this IResource project) =>
        project.TryGetLastAnnotation<IProjectMetadata>(out var metadata) ? metadata
            : throw new DistributedApplicationException($"Project resource '{project.Name}' has no project.");

    public static string ProjectDirectory(this IResource project) => Path.GetDirectoryName(project.ProjectMetadata().ProjectPath)!;

    /// <exception cref="DistributedApplicationException">The project was not built.</exception>
    public static string AssemblyPath(this IResource project)
    {
        var metadata = project.ProjectMetadata();
        if (metadata is not IProjectOutput output)
            throw new DistributedApplicationException($"'{metadata.ProjectPath}' is no project reference of the AppHost.");
        if (!File.Exists(output.AssemblyPath))
            throw new DistributedApplicationException($"'{output.AssemblyPath}' does not exist. Build the AppHost first: dotnet build.");
        return output.AssemblyPath;
    }
}
