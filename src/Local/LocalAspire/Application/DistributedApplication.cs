using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestrator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application that was declared and can be run.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly IApplicationInterceptor? _interceptor;
    private readonly ApplicationRun _run;
    private int _disposed;

    internal DistributedApplication(IHost host, IApplicationInterceptor? interceptor)
    {
        _host = host;
        _interceptor = interceptor;
        _run = host.Services.GetRequiredService<ApplicationRun>();
    }

    /// <summary>The same application, run by another than the AppHost's code.</summary>
    private protected DistributedApplication(DistributedApplication application)
        : this(application._host, null)
    {
    }

    /// <summary>The AppHost's services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>States of the resources.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Commands of the resources.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>A builder of an application without arguments.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>A builder of an application; the arguments are configuration.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    /// <summary>A builder of an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Runs the application until it is stopped. See <see cref="RunAsync"/>.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>
    /// Runs the application until Ctrl-C, SIGTERM or cancellation, then stops everything. A failure is logged in one line,
    /// everything is stopped, and the process's exit code becomes 1.
    /// </summary>
    public virtual Task RunAsync(CancellationToken cancellationToken = default) =>
        _interceptor is null ? _run.RunAsync(this, cancellationToken) : _interceptor.RunAsync(this, cancellationToken);

    /// <summary>Starts the application; completes when every resource that starts by itself was started, after all it waits for.</summary>
    /// <exception cref="DistributedApplicationException">The application cannot start; the message tells why, and nothing is left running.</exception>
    public virtual Task StartAsync(CancellationToken cancellationToken = default) =>
        _interceptor is null ? _run.StartAsync(_host, cancellationToken) : _interceptor.StartAsync(this, cancellationToken);

    /// <summary>Stops all resources, then the AppHost's services.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _run.StopAsync(_host, cancellationToken);

    /// <summary>Stops the application if it runs and releases its services.</summary>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the application if it runs and releases its services.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _run.StopAsync(_host, CancellationToken.None);
            if (_interceptor is null && _host is IAsyncDisposable host)
                await host.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
