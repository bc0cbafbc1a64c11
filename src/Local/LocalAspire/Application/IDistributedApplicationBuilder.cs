using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Declares the resources of an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>Configuration of the AppHost: settings files, user secrets, environment, command line.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The AppHost's project directory; relative paths start here.</summary>
    string AppHostDirectory { get; }

    /// <summary>The AppHost's assembly.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>Environment of the AppHost itself.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>Services of the AppHost.</summary>
    IServiceCollection Services { get; }

    /// <summary>Events of the application.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>What the AppHost was started for.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources declared so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource.</summary>
    /// <exception cref="DistributedApplicationException">A resource of that name exists.</exception>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>A builder for a resource, whether or not it was added.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    /// <summary>Ends the declaration.</summary>
    DistributedApplication Build();
}
