using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

internal static partial class OrchestratorLog
{
    [LoggerMessage(9020, LogLevel.Information, "Distributed application starting.")]
    public static partial void Starting(ILogger logger);

    [LoggerMessage(9021, LogLevel.Information, "Application host directory is: {Directory}")]
    public static partial void HostDirectory(ILogger logger, string directory);

    [LoggerMessage(9022, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    public static partial void Started(ILogger logger);

    [LoggerMessage(9023, LogLevel.Error, "{Message}")]
    public static partial void ResourceFailed(ILogger logger, string message);

    [LoggerMessage(9024, LogLevel.Critical, "The application stops: {Message}")]
    public static partial void Stopping(ILogger logger, string message);

    [LoggerMessage(9025, LogLevel.Critical, "The application could not start: {Message}")]
    public static partial void CouldNotStart(ILogger logger, string message);

    [LoggerMessage(9026, LogLevel.Warning, "Process {Pid} of '{Instance}' outlived the orchestrator and was killed.")]
    public static partial void Killed(ILogger logger, int pid, string instance);

    [LoggerMessage(9027, LogLevel.Error, "'{Resource}' could not be started: {Message}")]
    public static partial void CouldNotStartResource(ILogger logger, string resource, string message);

    [LoggerMessage(9028, LogLevel.Warning, "The orchestrator has not started '{Instance}' within {Seconds:0} s; it is created again.")]
    public static partial void CreatedAgain(ILogger logger, string instance, double seconds);

    [LoggerMessage(9029, LogLevel.Warning, "Not everything ended when it was asked to: {Message}")]
    public static partial void NotStopped(ILogger logger, string message);
}
