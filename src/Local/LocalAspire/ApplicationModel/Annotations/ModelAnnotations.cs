namespace Aspire.Hosting.ApplicationModel;

internal enum WaitType
{
    UntilHealthy,
    UntilStarted,
    UntilCompletion,
}

/// <summary>The resource starts after another one reached a state.</summary>
internal sealed record WaitAnnotation(IResource Resource, WaitType Type, WaitBehavior? Behavior, int ExitCode = 0) : IResourceAnnotation;

/// <summary>An arrow in the resource graph.</summary>
internal sealed record ResourceRelationshipAnnotation(IResource Resource, string Type) : IResourceAnnotation;

/// <summary>Changes the urls that are shown for the resource.</summary>
internal sealed record ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> Callback) : IResourceAnnotation;

/// <summary>The icon of the resource in the dashboard.</summary>
internal sealed record ResourceIconAnnotation(string IconName, IconVariant IconVariant) : IResourceAnnotation;

/// <summary>The first snapshot of the resource.</summary>
internal sealed record ResourceSnapshotAnnotation(CustomResourceSnapshot InitialSnapshot) : IResourceAnnotation;

internal static class KnownRelationshipTypes
{
    public const string Parent = "Parent";
    public const string Reference = "Reference";
    public const string WaitFor = "WaitFor";
}
