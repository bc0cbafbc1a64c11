using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Declares the resources of an application.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly ApplicationHooks? _hooks;

    /// <summary>Begins an application; the arguments are configuration.</summary>
    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Begins an application.</summary>
    /// <exception cref="DistributedApplicationException">The arguments ask to publish, which this subset cannot.</exception>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _hooks = ApplicationHooks.Current;
        var settings = HostSettings.Create(options);
        _hooks?.Constructing(options, settings);

        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        _host = new HostApplicationBuilder(settings);
        AppHostDirectory = options.ProjectDirectory ?? HostSettings.Metadata(AppHostAssembly, "apphostprojectpath") ?? _host.Environment.ContentRootPath;
        Configuration["AppHost:Directory"] = AppHostDirectory;
        ExecutionContext = new DistributedApplicationExecutionContext(HostSettings.Operation(Configuration));
        HostServices.Add(this, options);
        if (!options.DisableDashboard)
            DashboardSetup.AddTo(this);
    }

    /// <inheritdoc/>
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc/>
    public string AppHostDirectory { get; }

    /// <inheritdoc/>
    public Assembly? AppHostAssembly { get; }

    /// <inheritdoc/>
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc/>
    public IServiceCollection Services => _host.Services;

    /// <inheritdoc/>
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc/>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc/>
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc/>
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resource);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc/>
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource =>
        new DistributedApplicationResourceBuilder<T>(this, resource);

    /// <inheritdoc/>
    /// <exception cref="DistributedApplicationException">A resource names a health check that was not registered.</exception>
    public DistributedApplication Build()
    {
        _hooks?.Building(this);
        var host = _host.Build();
        ExecutionContext.Services = host.Services;
        HealthChecksAreRegistered.Check(host.Services, Resources);
        var application = new DistributedApplication(host, _hooks);
        _hooks?.Built(application);
        return application;
    }
}
