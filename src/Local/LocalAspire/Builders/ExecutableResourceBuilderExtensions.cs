using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds executables.</summary>
public static class ExecutableResourceBuilderExtensions
{
    /// <summary>Adds an executable.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Unique name.</param>
    /// <param name="command">Path, or a name found on PATH.</param>
    /// <param name="workingDirectory">Directory it runs in, relative to the AppHost's.</param>
    /// <param name="args">Arguments.</param>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params string[]? args) =>
        builder.AddExecutable(name, command, workingDirectory, (object[]?)args);

    /// <summary>Adds an executable with arguments that may be value providers.</summary>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder, string name, string command, string workingDirectory, params object[]? args)
    {
        var directory = Path.GetFullPath(Path.Combine(builder.AppHostDirectory, workingDirectory));
        return builder.AddResource(new ExecutableResource(name, command, directory)).WithArgs(args ?? []);
    }
}
