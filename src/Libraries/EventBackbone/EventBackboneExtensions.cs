using System.Diagnostics.Metrics;
using EventSourcing.EventBackbone.Consuming;
using EventSourcing.EventBackbone.Health;
using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventSourcing.EventBackbone;

/// <summary>Adds the backbone to a service.</summary>
public static class EventBackboneExtensions
{
    private const string HealthCheckName = "backbone";

    /// <summary>
    /// Adds <see cref="EventPublisher"/>, creates the topics of <paramref name="routes"/> (and of the dead letters) at start, and adds the
    /// health check <c>backbone</c> that is ready while the routes can store or spool. May be called again with further routes.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The name under <c>ConnectionStrings</c>: bootstrap servers.</param>
    /// <param name="routes">The routes this service publishes on.</param>
    /// <exception cref="InvalidOperationException">The service has a backbone under another connection name.</exception>
    /// <remarks>Wrong configuration stops the start with an <see cref="OptionsValidationException"/> that lists every error.</remarks>
    public static IHostApplicationBuilder AddEventBackbone(this IHostApplicationBuilder builder, string connectionName, params Route[] routes)
    {
        Register(builder, connectionName).Add(routes);
        return builder;
    }

    /// <summary>
    /// Adds a consumer of <paramref name="topics"/> in the consumer group <paramref name="group"/>, and <typeparamref name="THandler"/> as a
    /// singleton unless the service has added it. Poison goes to the dead letters. How far it is: the keyed service
    /// <see cref="IConsumerProgress"/> with the group as key. An exception that outlives the retries stops the host.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The name under <c>ConnectionStrings</c>: bootstrap servers.</param>
    /// <param name="group">The consumer group.</param>
    /// <param name="topics">Topics, or regular expressions that begin with <c>^</c>; they may be created later.</param>
    public static IHostApplicationBuilder AddEventConsumer<THandler>(
        this IHostApplicationBuilder builder, string connectionName, string group, params string[] topics)
        where THandler : class, IEventHandler
    {
        Register(builder, connectionName);
        builder.Services.TryAddSingleton<THandler>();
        builder.Services.AddKeyedSingleton(group, (services, _) => ConsumerFactory.Create<THandler>(services, group, topics));
        builder.Services.AddKeyedSingleton<IConsumerProgress>(
            group, (services, _) => services.GetRequiredKeyedService<EventConsumerWorker>(group).Progress);
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredKeyedService<EventConsumerWorker>(group));
        return builder;
    }

    /// <summary>Says that the service goes on without Kafka, because its events wait in a store of its own: where a route has to refuse, <c>backbone</c> is degraded, not unhealthy.</summary>
    /// <param name="builder">The service, which has its backbone.</param>
    public static IHostApplicationBuilder GoesOnWithoutBackbone(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<HealthCheckServiceOptions>(
            options => options.Registrations.Single(static check => check.Name == HealthCheckName).FailureStatus = HealthStatus.Degraded);
        return builder;
    }

    private static BackboneRegistration Register(IHostApplicationBuilder builder, string connectionName)
    {
        var known = builder.Services.FirstOrDefault(service => service.ServiceType == typeof(BackboneRegistration))?.ImplementationInstance;
        if (known is BackboneRegistration existing)
            return existing.ConnectionName == connectionName
                ? existing
                : throw new InvalidOperationException($"This service's backbone is '{existing.ConnectionName}'; a second one, '{connectionName}', is not supported.");

        var registration = new BackboneRegistration(connectionName);
        builder.Services.AddSingleton(registration);
        builder.Services.AddSingleton(services => BackboneSettings.Read(services.GetRequiredService<IConfiguration>(), registration));
        builder.Services.AddSingleton(services => new BackboneTelemetry(services.GetService<IMeterFactory>()));
        builder.Services.AddSingleton(services => new BackboneClients(services.GetRequiredService<BackboneSettings>()));
        builder.Services.AddSingleton<BackboneRuntime>();
        builder.Services.AddSingleton(services => services.GetRequiredService<BackboneRuntime>().Publisher);
        builder.Services.AddHostedService<BackboneService>();
        builder.Services.AddHealthChecks().AddCheck<BackboneHealthCheck>(HealthCheckName);
        return registration;
    }
}
