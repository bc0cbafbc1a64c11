using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using EventSourcing.Receipts;
using EventSourcing.TextProducer.Options;
using EventSourcing.TextProducer.Sending;
using EventSourcing.TextProducer.Telemetry;
using EventSourcing.TextProducer.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.TextProducer;

/// <summary>Composes the producer for either way of running.</summary>
internal static class TextProducerHost
{
    /// <param name="settings">Settings of the command line; they win.</param>
    /// <param name="steady">True: lines at a steady rate, receipts to the ledger. False: only what <see cref="OnceSender"/> needs.</param>
    /// <exception cref="MissingSettingException">There is no topic or no broker.</exception>
    public static IHost Build(IEnumerable<KeyValuePair<string, string?>> settings, bool steady)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings);
        Check(builder.Configuration);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddServiceDefaults();
        AddProducer(builder, steady);
        builder.Services.AddOptionsWithValidateOnStart<TextProducerOptions, TextProducerOptionsValidator>().BindConfiguration(TextProducerOptions.SectionName);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<LineMessages>();
        builder.Services.AddSingleton<TextTopic>();
        builder.Services.AddSingleton<OnceSender>();
        builder.Services.AddSingleton<TextProducerTelemetry>();
        if (steady)
        {
            builder.AddReceiptReporting();
            builder.Services.AddHostedService<LineWorker>();
        }
        return builder.Build();
    }

    private static void Check(ConfigurationManager configuration)
    {
        if (configuration[$"{TextProducerOptions.SectionName}:{nameof(TextProducerOptions.Topic)}"] is { } topic && string.IsNullOrWhiteSpace(topic))
            throw new MissingSettingException(MissingSettingException.Topic);
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString(TextProducerOptions.ConnectionName)))
            throw new MissingSettingException(MissingSettingException.Brokers);
    }

    private static void AddProducer(HostApplicationBuilder builder, bool steady) =>
        builder.AddKafkaProducer<Null, string>(TextProducerOptions.ConnectionName, configureSettings: (KafkaProducerSettings settings) =>
        {
            settings.DisableTracing = true; // spans for sampled lines only: LineWorker makes them
            settings.DisableHealthChecks = true; // they write to a topic of their own; this process serves no health endpoint
            settings.Config.Acks = Acks.All;
            settings.Config.EnableIdempotence = true;
            settings.Config.MaxInFlight = 1;                  // a broker that was killed knows only the last batch again, not five
            settings.Config.Partitioner = Partitioner.Murmur2Random;
            settings.Config.ConnectionsMaxIdleMs = 10_000;
            settings.Config.LingerMs = 5;
            settings.Config.QueueBufferingMaxMessages = 10_000;
            settings.Config.ReconnectBackoffMs = 100;
            settings.Config.ReconnectBackoffMaxMs = 1_000;
            settings.Config.MessageTimeoutMs = steady ? 60_000 : 10_000;
            settings.Config.AllowAutoCreateTopics = false;
        });
}
