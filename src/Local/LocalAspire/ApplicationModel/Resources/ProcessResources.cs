namespace Aspire.Hosting.ApplicationModel;

/// <summary>An executable of this machine.</summary>
public class ExecutableResource : Resource,
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>Creates the resource.</summary>
    /// <param name="name">Unique name.</param>
    /// <param name="command">Path of the executable, or a name found on PATH.</param>
    /// <param name="workingDirectory">Directory it runs in, relative to the AppHost's.</param>
    public ExecutableResource(string name, string command, string workingDirectory)
        : base(name)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        Command = command;
        WorkingDirectory = workingDirectory;
    }

    /// <summary>Path of the executable, or a name found on PATH.</summary>
    public string Command { get; }

    /// <summary>Directory it runs in.</summary>
    public string WorkingDirectory { get; internal set; }
}

/// <summary>A .NET project of the solution.</summary>
public class ProjectResource(string name) : Resource(name),
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IComputeResource;

/// <summary>A container. This subset models containers and runs none: see the README.</summary>
public class ContainerResource(string name, string? entrypoint = null) : Resource(name),
    IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>Entry point that replaces the image's own; null for the image's own.</summary>
    public string? Entrypoint { get; set; } = entrypoint;
}
