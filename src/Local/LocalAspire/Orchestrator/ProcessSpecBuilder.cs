using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Launch;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Resolves what a process is started with: command, arguments, environment.</summary>
internal sealed class ProcessSpecBuilder(DistributedApplicationExecutionContext executionContext, DistributedApplicationModel model, ResourceLoggerService loggers, ProcessPorts ports)
{
    /// <exception cref="DistributedApplicationException">A value cannot be resolved; the message names it.</exception>
    public async Task<ProcessSpec> BuildAsync(ProcessInstance instance, CancellationToken stop)
    {
        var resource = instance.Resource;
        var (command, directory, prefix) = Command(resource);
        var args = await ArgumentsAsync(resource, stop);
        var environment = await EnvironmentAsync(instance, stop);
        return new ProcessSpec(command, directory, [.. prefix, .. args], environment, [.. Serves(resource)]);
    }

    /// <summary>A project is started as <c>dotnet exec &lt;assembly&gt;</c>, so that the process DCP watches and stops is the project's own.</summary>
    private static (string Command, string Directory, IEnumerable<string> Prefix) Command(IResource resource) => resource switch
    {
        ProjectResource => (DotNetHost(), resource.ProjectDirectory(), ["exec", resource.AssemblyPath(), .. LaunchArguments(resource)]),
        ExecutableResource e when e.Command.Contains(Path.DirectorySeparatorChar) => (Path.GetFullPath(e.Command, e.WorkingDirectory), e.WorkingDirectory, []),
        ExecutableResource e => (e.Command, e.WorkingDirectory, []),
        _ => throw new DistributedApplicationException($"Resource '{resource.Name}' runs no process."),
    };

    private static string DotNetHost() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    private static IEnumerable<string> LaunchArguments(IResource resource) =>
        resource.TryGetLastAnnotation<LaunchProfileAnnotation>(out var profile) ? CommandLine.Split(profile.Profile.CommandLineArgs) : [];

    private async Task<List<string>> ArgumentsAsync(IResource resource, CancellationToken stop)
    {
        var context = new CommandLineArgsCallbackContext(resource, executionContext, stop);
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await callback.Callback(context);

        var args = new List<string>();
        foreach (var arg in context.Args)
        {
            if (await ResolveAsync(arg, $"An argument of '{resource.Name}'", stop) is { } value)
                args.Add(value);
        }

        return args;
    }

    private async Task<Dictionary<string, string>> EnvironmentAsync(ProcessInstance instance, CancellationToken stop)
    {
        var resource = instance.Resource;
        var context = new EnvironmentCallbackContext(resource, executionContext, loggers.GetLogger(instance.Id), stop);
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await callback.Callback(context);

        if (context.EnvironmentVariables.ContainsKey("OTEL_SERVICE_NAME"))
            context.EnvironmentVariables.TryAdd("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={instance.Id[(resource.Name.Length + 1)..]}");

        var environment = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            if (await ResolveAsync(value, $"Environment variable '{name}' of '{resource.Name}'", stop) is { } text)
                environment[name] = text;
        }

        return environment;
    }

    private async Task<string?> ResolveAsync(object value, string what, CancellationToken stop)
    {
        try
        {
            var text = value switch
            {
                string s => s,
                IValueProvider provider => await provider.GetValueAsync(stop),
                IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(stop),
                _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
            };
            return text is null ? null : TemplateText.Escape(text, IsService, what);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DistributedApplicationException($"{what} cannot be resolved: {e.Message}", e);
        }
    }

    private bool IsService(string serviceName) =>
        model.Resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()).Any(e => e.AllocatedEndpoint?.ServiceName == serviceName);

    private IEnumerable<ServedEndpoint> Serves(IResource resource) =>
        from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
        where endpoint.AllocatedEndpoint is not null
        select new ServedEndpoint(endpoint.AllocatedEndpoint!.ServiceName, endpoint.TargetHost, endpoint.TargetPort ?? ports.Next());
}
