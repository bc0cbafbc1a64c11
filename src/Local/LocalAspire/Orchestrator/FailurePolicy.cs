using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>
/// Decides what a failure ends. A resource that fails is logged, and the application goes on, so that a person can look at it and start it
/// again; unless <c>LocalAspire:StopOnCrash</c> is set, or the application is still starting and another resource waits for the failed one.
/// </summary>
internal sealed class FailurePolicy(
    DcpOptions options, DistributedApplicationModel model, ResourceNotificationService notifications,
    IHostApplicationLifetime lifetime, ILogger<DistributedApplication> logger) : IDisposable
{
    private readonly CancellationTokenSource _fatal = new();
    private string? _message;

    /// <summary>Cancelled when the application cannot go on.</summary>
    public CancellationToken Fatal => _fatal.Token;

    /// <summary>Why the application cannot go on; null while it can.</summary>
    public string? FatalMessage => Volatile.Read(ref _message);

    /// <summary>Whether all resources were started.</summary>
    public bool Started { get; set; }

    public void ResourceFailed(IResource resource, string message)
    {
        OrchestratorLog.ResourceFailed(logger, message);
        if (options.StopOnCrash)
            StopApplication(message);
        else if (!Started && notifications.DefaultWaitBehavior == WaitBehavior.WaitOnResourceUnavailable && WaitingFor(resource) is { } waiting)
            StopApplication($"'{waiting.Name}' cannot start: it waits for '{resource.Name}'. {message}");
    }

    public void StopApplication(string message)
    {
        if (Interlocked.CompareExchange(ref _message, message, null) is not null)
            return;

        _fatal.Cancel();
        if (Started)
            OrchestratorLog.Stopping(logger, message);
        lifetime.StopApplication();
    }

    public void Dispose() => _fatal.Dispose();

    private IResource? WaitingFor(IResource failed) => model.Resources.FirstOrDefault(r => r.Annotations.OfType<WaitAnnotation>().Any(w =>
        ReferenceEquals(w.Resource, failed) && w.Type != WaitType.UntilCompletion && w.Behavior != WaitBehavior.StopOnResourceUnavailable));
}
