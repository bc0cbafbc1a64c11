namespace Aspire.Hosting.ApplicationModel;

/// <summary>The names of the states that the orchestrator sets.</summary>
public static class KnownResourceStates
{
    /// <summary>Being started.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Its process runs; it may not listen yet.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>It could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>The container engine is missing or unhealthy.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>Being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>A container has ended.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>A process has ended, whatever its exit code.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>It waits for other resources.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>It starts on command only.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>The states that a resource stays in until it is started again.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
