using System.Reflection;

namespace EventSourcing.AppHost.Running;

/// <summary>Where the build put a program of this solution: a stand-in is started from there, without <c>dotnet run</c> between.</summary>
internal static class BuiltProgram
{
    public static string PathOf(IProjectMetadata project)
    {
        var configuration = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        var folder = Path.GetDirectoryName(project.ProjectPath)!;
        var program = Path.Combine(folder, "bin", configuration, "net10.0", Path.GetFileNameWithoutExtension(project.ProjectPath) + ".dll");
        return File.Exists(program)
            ? program
            : throw new DistributedApplicationException($"{program} is not built: run `dotnet build -c {configuration}` first.");
    }
}
