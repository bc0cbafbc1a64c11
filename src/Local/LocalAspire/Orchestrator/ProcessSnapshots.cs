using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Launch;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Publishes what is known about processes.</summary>
internal sealed class ProcessSnapshots(ResourceNotificationService notifications)
{
    public void PublishState(ProcessInstance instance, string state) =>
        Publish(instance, snapshot => snapshot with { State = state, ExitCode = null });

    public void PublishSpec(ProcessInstance instance, ProcessSpec spec) => Publish(instance, snapshot => snapshot with
    {
        State = KnownResourceStates.Starting,
        ExitCode = null,
        StopTimeStamp = null,
        EnvironmentVariables = [.. spec.Environment.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => new EnvironmentVariableSnapshot(v.Key, v.Value, true))],
        Properties = Properties(instance.Resource, spec),
    });

    public void Publish(ProcessInstance instance, DcpExecutable executable) => Publish(instance, snapshot => snapshot with
    {
        State = executable.State switch
        {
            "" => KnownResourceStates.Starting,
            "Terminated" => KnownResourceStates.Finished,
            var state => state,
        },
        StartTimeStamp = executable.Started ?? snapshot.StartTimeStamp,
        StopTimeStamp = executable.Finished,
        ExitCode = executable.IsEnded ? executable.ExitCode : null,
        Properties = executable.Pid is { } pid ? Set(snapshot.Properties, "executable.pid", pid) : snapshot.Properties,
    });

    public void PublishFailure(ProcessInstance instance) =>
        Publish(instance, snapshot => snapshot with { State = KnownResourceStates.FailedToStart, StopTimeStamp = DateTime.UtcNow });

    private static ImmutableArray<ResourcePropertySnapshot> Properties(IResource resource, ProcessSpec spec)
    {
        ImmutableArray<ResourcePropertySnapshot> properties =
        [
            new("executable.path", spec.Command),
            new("executable.workDir", spec.WorkingDirectory),
            new("executable.args", spec.Args),
        ];
        return resource is ProjectResource ? properties.Add(new("project.path", resource.ProjectMetadata().ProjectPath)) : properties;
    }

    private static ImmutableArray<ResourcePropertySnapshot> Set(ImmutableArray<ResourcePropertySnapshot> properties, string name, object value)
    {
        var property = new ResourcePropertySnapshot(name, value);
        var existing = properties.FirstOrDefault(p => p.Name == name);
        return existing is null ? properties.Add(property) : existing == property ? properties : properties.Replace(existing, property);
    }

    private void Publish(ProcessInstance instance, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        notifications.PublishUpdateAsync(instance.Resource, instance.Id, snapshot =>
        {
            var next = change(snapshot);
            var inactive = next.State?.Text != KnownResourceStates.Running;
            return next.Urls.All(u => u.IsInactive == inactive) ? next : next with { Urls = [.. next.Urls.Select(u => u with { IsInactive = inactive })] };
        });
}
