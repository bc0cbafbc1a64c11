using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.AppHost.Running;

/// <summary>The outside world, which comes last and goes first.</summary>
public static class SimulatorExtensions
{
    /// <summary>A part of the outside world: a timed run stops these first, so that all they were promised can arrive.</summary>
    public static IResourceBuilder<ProjectResource> AsSimulator(this IResourceBuilder<ProjectResource> project) =>
        project.WithAnnotation(new SimulatorAnnotation());

    /// <summary>Whether it is a part of the outside world.</summary>
    public static bool IsSimulator(this IResource resource) => resource.Annotations.OfType<SimulatorAnnotation>().Any();

    /// <summary>
    /// Holds the simulators' first start until every service is ready, for their load would take the processor from what still starts; those without a
    /// health check, which are ready at once, also until the others are. Who is started again later does not wait.
    /// </summary>
    /// <param name="builder">The topology, complete.</param>
    /// <param name="except">A simulator that is not held.</param>
    public static void StartSimulatorsLast(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> except)
    {
        var projects = builder.Resources.OfType<ProjectResource>().Where(project => project != except.Resource).ToLookup(IsSimulator);
        var serving = projects[true].Where(HasHealthCheck).ToArray();
        foreach (var simulator in projects[true])
            builder.HoldFirstStart(simulator, HasHealthCheck(simulator) ? [.. projects[false]] : [.. projects[false], .. serving]);
    }

    private static bool HasHealthCheck(IResource resource) => resource.Annotations.OfType<HealthCheckAnnotation>().Any();

    private static void HoldFirstStart(this IDistributedApplicationBuilder builder, IResource resource, IReadOnlyList<IResource> earlier)
    {
        var isFirst = true;
        builder.Eventing.Subscribe<BeforeResourceStartedEvent>(resource, async (starting, stop) =>
        {
            if (!Interlocked.Exchange(ref isFirst, false))
                return;
            var notifications = starting.Services.GetRequiredService<ResourceNotificationService>();
            await Task.WhenAll(earlier.Select(each => notifications.WaitForResourceHealthyAsync(each.Name, stop)));
        });
    }

    private sealed record SimulatorAnnotation : IResourceAnnotation;
}
