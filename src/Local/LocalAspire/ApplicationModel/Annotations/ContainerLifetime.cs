namespace Aspire.Hosting.ApplicationModel;

/// <summary>How long a container lives.</summary>
public enum ContainerLifetime
{
    /// <summary>As long as the AppHost.</summary>
    Session,

    /// <summary>Longer than the AppHost; the next run finds it again.</summary>
    Persistent,
}

internal sealed record ContainerLifetimeAnnotation(ContainerLifetime Lifetime) : IResourceAnnotation;
