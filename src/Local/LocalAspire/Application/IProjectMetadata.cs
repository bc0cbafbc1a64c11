using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A project that the AppHost references.</summary>
public interface IProjectMetadata : IResourceAnnotation
{
    /// <summary>Full path of the project file.</summary>
    string ProjectPath { get; }

    /// <summary>Whether the project is built already and need not be built at start.</summary>
    bool SuppressBuild => false;
}

/// <summary>Where the build put a project's assembly. Only this subset has it: it starts that assembly instead of <c>dotnet run</c>.</summary>
public interface IProjectOutput
{
    /// <summary>Full path of the assembly.</summary>
    string AssemblyPath { get; }
}

/// <summary>How a project is added.</summary>
public class ProjectResourceOptions
{
    /// <summary>Launch profile; null for the AppHost's own or the first.</summary>
    public string? LaunchProfileName { get; set; }

    /// <summary>Takes neither endpoints nor environment from a launch profile.</summary>
    public bool ExcludeLaunchProfile { get; set; }

    /// <summary>Takes no endpoints from <c>Kestrel:Endpoints</c>.</summary>
    public bool ExcludeKestrelEndpoints { get; set; }
}
