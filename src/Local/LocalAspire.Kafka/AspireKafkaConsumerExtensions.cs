using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers a Kafka consumer as <see cref="IConsumer{TKey, TValue}"/>, a singleton that is made when it is first asked for.</summary>
public static class AspireKafkaConsumerExtensions
{
    /// <summary>Registers a consumer of a connection.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName) =>
        Add<TKey, TValue>(builder, connectionName, null, null, keyed: false);

    /// <summary>Registers a consumer of a connection with settings; <c>Config.GroupId</c> must be set.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(
        this IHostApplicationBuilder builder, string connectionName, Action<KafkaConsumerSettings>? configureSettings) =>
        Add<TKey, TValue>(builder, connectionName, configureSettings, null, keyed: false);

    /// <summary>Registers a consumer of a connection with settings and changes to its builder.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName,
        Action<KafkaConsumerSettings>? configureSettings, Action<ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add<TKey, TValue>(builder, connectionName, configureSettings, (_, consumer) => configureBuilder?.Invoke(consumer), keyed: false);

    /// <summary>Registers a consumer of a connection with settings and changes to its builder that need services.</summary>
    public static void AddKafkaConsumer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName,
        Action<KafkaConsumerSettings>? configureSettings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, connectionName, configureSettings, configureBuilder, keyed: false);

    /// <summary>Registers a consumer under the name of its connection.</summary>
    public static void AddKeyedKafkaConsumer<TKey, TValue>(
        this IHostApplicationBuilder builder, string name, Action<KafkaConsumerSettings>? configureSettings = null) =>
        Add<TKey, TValue>(builder, name, configureSettings, null, keyed: true);

    private static void Add<TKey, TValue>(IHostApplicationBuilder builder, string name,
        Action<KafkaConsumerSettings>? configureSettings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configureBuilder, bool keyed)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var settings = ClientSettings.Consumer(builder.Configuration, name, configureSettings);
        if (keyed)
            builder.Services.AddKeyedSingleton(name, (services, _) => Create(services, name, settings, configureBuilder));
        else
            builder.Services.AddSingleton(services => Create(services, name, settings, configureBuilder));

        KafkaTelemetry.AddTo(builder.Services, tracing: !settings.DisableTracing, metrics: !settings.DisableMetrics);
        if (!settings.DisableHealthChecks)
            KafkaHealthCheck.AddTo(builder.Services, $"Aspire.Confluent.Kafka.Consumer{(keyed ? $"_{name}" : "")}", settings.Config);
    }

    private static IConsumer<TKey, TValue> Create<TKey, TValue>(IServiceProvider services, string name,
        KafkaConsumerSettings settings, Action<IServiceProvider, ConsumerBuilder<TKey, TValue>>? configure)
    {
        ClientSettings.RequireServers(settings.Config, name);
        if (string.IsNullOrEmpty(settings.Config.GroupId))
            throw new InvalidOperationException($"No group id configured. Set 'Config.GroupId' of the consumer '{name}'.");

        var builder = new ConsumerBuilder<TKey, TValue>(settings.Config);
        configure?.Invoke(services, builder);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(ClientLog.Category);
        ClientLog.Attach(logger, () => builder.SetLogHandler((_, message) => ClientLog.Write(logger, message)));
        var consumer = builder.Build();
        return settings is { DisableTracing: true, DisableMetrics: true } ? consumer : new InstrumentedConsumer<TKey, TValue>(consumer, settings.Config.GroupId);
    }
}
