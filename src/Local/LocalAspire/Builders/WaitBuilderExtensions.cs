using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts the resource when another one is healthy and the handlers of its <see cref="ResourceReadyEvent"/> are done.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.Wait(dependency.Resource, WaitType.UntilHealthy, null);

    /// <summary>Starts the resource when another one is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport =>
        builder.Wait(dependency.Resource, WaitType.UntilHealthy, waitBehavior);

    /// <summary>Starts the resource when another one runs, healthy or not.</summary>
    public static IResourceBuilder<T> WaitForStart<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.Wait(dependency.Resource, WaitType.UntilStarted, null);

    /// <summary>Starts the resource when another one has ended.</summary>
    /// <param name="builder">The resource that waits.</param>
    /// <param name="dependency">The resource that is waited for.</param>
    /// <param name="exitCode">The exit code it must have; any other makes the waiting resource fail.</param>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport =>
        builder.Wait(dependency.Resource, WaitType.UntilCompletion, null, exitCode);

    private static IResourceBuilder<T> Wait<T>(this IResourceBuilder<T> builder, IResource dependency, WaitType type, WaitBehavior? behavior, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        var name = builder.Resource.Name;
        if (ReferenceEquals(dependency, builder.Resource))
            throw new DistributedApplicationException($"The resource '{name}' cannot wait for itself.");
        if (builder.Resource is IResourceWithParent child && ReferenceEquals(child.Parent, dependency))
            throw new DistributedApplicationException($"The resource '{name}' cannot wait for its parent '{dependency.Name}'.");

        if (dependency is IResourceWithParent { Parent: var parent } && type != WaitType.UntilCompletion)
            builder.WithAnnotation(new WaitAnnotation(parent, type, behavior));
        return builder
            .WithAnnotation(new WaitAnnotation(dependency, type, behavior, exitCode))
            .WithRelationship(dependency, KnownRelationshipTypes.WaitFor);
    }
}
