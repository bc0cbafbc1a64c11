using System.Diagnostics.Metrics;
using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>Puts a consumer together from the service's parts.</summary>
internal static class ConsumerFactory
{
    /// <exception cref="OptionsValidationException">The client refuses a setting that configuration passes through.</exception>
    public static EventConsumerWorker Create<THandler>(IServiceProvider services, string group, string[] topics)
        where THandler : class, IEventHandler
    {
        var settings = services.GetRequiredService<BackboneSettings>();
        var application = services.GetRequiredService<IHostEnvironment>().ApplicationName;
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger<EventConsumerWorker>();
        var telemetry = new ConsumerTelemetry(group, services.GetService<IMeterFactory>());
        var deadLetters = new DeadLetterWriter(
            services.GetRequiredService<EventPublisher>(), new Uri("/" + Uri.EscapeDataString(application), UriKind.Relative));
        var handler = new BatchHandler(
            services.GetRequiredService<THandler>(), deadLetters, telemetry, group, settings.Consuming,
            services.GetService<TimeProvider>() ?? TimeProvider.System, logger);
        try
        {
            return new EventConsumerWorker(
                ConsumerConfigs.Create(settings, application, group), topics, settings.Consuming, handler, telemetry, logger);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new OptionsValidationException(
                BackboneOptions.SectionName, typeof(BackboneOptions), [$"Backbone:Client or Backbone:Consumer: {exception.Message}"]);
        }
    }
}
