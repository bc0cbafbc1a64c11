using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using EventSourcing.TextConsumer.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.TextConsumer;

/// <summary>Composes the consumer.</summary>
internal static class TextConsumerHost
{
    /// <param name="settings">Settings of the command line; they win.</param>
    /// <exception cref="MissingSettingException">There is no topic or no broker.</exception>
    public static IHost Build(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings);
        Check(builder.Configuration);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddServiceDefaults();
        var group = ConsumerGroup.From(builder.Configuration[ConsumerGroup.Variable]);
        builder.Services.AddSingleton(group);
        AddConsumer(builder, group);
        builder.Services.AddOptionsWithValidateOnStart<TextConsumerOptions, TextConsumerOptionsValidator>().BindConfiguration(TextConsumerOptions.SectionName);
        builder.Services.AddHostedService<PrintingWorker>();
        return builder.Build();
    }

    private static void Check(ConfigurationManager configuration)
    {
        if (configuration[$"{TextConsumerOptions.SectionName}:{nameof(TextConsumerOptions.Topic)}"] is { } topic && string.IsNullOrWhiteSpace(topic))
            throw new MissingSettingException(MissingSettingException.Topic);
        if (string.IsNullOrWhiteSpace(configuration.GetConnectionString(TextConsumerOptions.ConnectionName)))
            throw new MissingSettingException(MissingSettingException.Brokers);
    }

    private static void AddConsumer(HostApplicationBuilder builder, ConsumerGroup group) =>
        builder.AddKafkaConsumer<string?, string?>(TextConsumerOptions.ConnectionName, configureSettings: (KafkaConsumerSettings settings) =>
        {
            settings.DisableTracing = true; // a span per printed line tells nothing
            settings.DisableHealthChecks = true; // this process serves no health endpoint
            settings.Config.GroupId = group.Id;
            settings.Config.AutoOffsetReset = AutoOffsetReset.Earliest;
            settings.Config.EnableAutoOffsetStore = false; // stored after the record is printed
            settings.Config.EnableAutoCommit = !group.IsTemporary;
            settings.Config.AutoCommitIntervalMs = 1_000;
            settings.Config.AllowAutoCreateTopics = false;
            settings.Config.TopicMetadataRefreshIntervalMs = 2_000; // a topic that is created later is found soon
            settings.Config.QueuedMaxMessagesKbytes = 8 * 1024;
            settings.Config.ReconnectBackoffMaxMs = 1_000;
        });
}
