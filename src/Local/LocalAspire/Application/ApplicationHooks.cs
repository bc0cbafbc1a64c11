using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets a test take part in an AppHost's start. They are found by the flow of execution, so that several tests of one
/// process each reach their own AppHost.
/// </summary>
internal abstract class ApplicationHooks : IApplicationInterceptor
{
    private static readonly AsyncLocal<ApplicationHooks?> Flow = new();

    public static ApplicationHooks? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public abstract void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>The declaration is complete; returns when the application may be built.</summary>
    public abstract void Building(IDistributedApplicationBuilder builder);

    public abstract void Built(DistributedApplication application);

    public abstract Task RunAsync(DistributedApplication application, CancellationToken stop);

    public abstract Task StartAsync(DistributedApplication application, CancellationToken stop);
}
