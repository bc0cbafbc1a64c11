using Microsoft.Extensions.Hosting;

namespace EventSourcing.EventBackbone;

/// <summary>Adds the backbone to a service.</summary>
public static class EventBackboneExtensions
{
    /// <summary>
    /// Adds <see cref="EventPublisher"/>, creates the topics of <paramref name="routes"/> (and of the dead letters) at start, and adds a
    /// health check that is ready while the routes can store or spool.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The name under <c>ConnectionStrings</c>: bootstrap servers.</param>
    /// <param name="routes">The routes this service publishes on.</param>
    public static IHostApplicationBuilder AddEventBackbone(this IHostApplicationBuilder builder, string connectionName, params Route[] routes) =>
        throw new NotImplementedException();

    /// <summary>Adds a consumer of <paramref name="topics"/> in the consumer group <paramref name="group"/>.</summary>
    public static IHostApplicationBuilder AddEventConsumer<THandler>(
        this IHostApplicationBuilder builder, string connectionName, string group, params string[] topics)
        where THandler : class, IEventHandler => throw new NotImplementedException();
}
