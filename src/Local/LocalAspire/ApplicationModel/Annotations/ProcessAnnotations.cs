namespace Aspire.Hosting.ApplicationModel;

internal sealed record EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> Callback) : IResourceAnnotation;

internal sealed record CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> Callback) : IResourceAnnotation;

/// <summary>How many processes run of a resource.</summary>
internal sealed record ReplicaAnnotation(int Replicas) : IResourceAnnotation;

/// <summary>The resource starts on command only.</summary>
internal sealed record ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>The resource has no start, stop and restart commands.</summary>
internal sealed record ExcludeLifecycleCommandsAnnotation : IResourceAnnotation;

/// <summary>Command-line arguments that a launch profile puts before all others.</summary>
internal sealed record LaunchProfileAnnotation(string Name, LaunchProfile Profile) : IResourceAnnotation;

/// <summary>The image of a container.</summary>
internal sealed record ContainerImageAnnotation(string Image, string Tag) : IResourceAnnotation;

/// <summary>A directory or volume of a container.</summary>
internal sealed record ContainerMountAnnotation(string? Source, string Target, string Type, bool IsReadOnly) : IResourceAnnotation;
