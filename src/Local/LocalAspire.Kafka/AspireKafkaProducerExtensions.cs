using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers a Kafka producer as <see cref="IProducer{TKey, TValue}"/>, a singleton that is made when it is first asked for.</summary>
public static class AspireKafkaProducerExtensions
{
    /// <summary>Registers a producer of a connection.</summary>
    public static void AddKafkaProducer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName) =>
        Add<TKey, TValue>(builder, connectionName, null, null, keyed: false);

    /// <summary>Registers a producer of a connection with settings.</summary>
    public static void AddKafkaProducer<TKey, TValue>(
        this IHostApplicationBuilder builder, string connectionName, Action<KafkaProducerSettings>? configureSettings) =>
        Add<TKey, TValue>(builder, connectionName, configureSettings, null, keyed: false);

    /// <summary>Registers a producer of a connection with settings and changes to its builder.</summary>
    public static void AddKafkaProducer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName,
        Action<KafkaProducerSettings>? configureSettings, Action<ProducerBuilder<TKey, TValue>>? configureBuilder) =>
        Add<TKey, TValue>(builder, connectionName, configureSettings, (_, producer) => configureBuilder?.Invoke(producer), keyed: false);

    /// <summary>Registers a producer of a connection with settings and changes to its builder that need services.</summary>
    public static void AddKafkaProducer<TKey, TValue>(this IHostApplicationBuilder builder, string connectionName,
        Action<KafkaProducerSettings>? configureSettings, Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configureBuilder) =>
        Add(builder, connectionName, configureSettings, configureBuilder, keyed: false);

    /// <summary>Registers a producer under the name of its connection.</summary>
    public static void AddKeyedKafkaProducer<TKey, TValue>(
        this IHostApplicationBuilder builder, string name, Action<KafkaProducerSettings>? configureSettings = null) =>
        Add<TKey, TValue>(builder, name, configureSettings, null, keyed: true);

    private static void Add<TKey, TValue>(IHostApplicationBuilder builder, string name,
        Action<KafkaProducerSettings>? configureSettings, Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configureBuilder, bool keyed)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var settings = ClientSettings.Producer(builder.Configuration, name, configureSettings);
        if (keyed)
            builder.Services.AddKeyedSingleton(name, (services, _) => Create(services, name, settings, configureBuilder));
        else
            builder.Services.AddSingleton(services => Create(services, name, settings, configureBuilder));

        KafkaTelemetry.AddTo(builder.Services, tracing: !settings.DisableTracing, metrics: !settings.DisableMetrics);
        if (!settings.DisableHealthChecks)
            KafkaHealthCheck.AddTo(builder.Services, $"Aspire.Confluent.Kafka.Producer{(keyed ? $"_{name}" : "")}", settings.Config);
    }

    private static IProducer<TKey, TValue> Create<TKey, TValue>(IServiceProvider services, string name,
        KafkaProducerSettings settings, Action<IServiceProvider, ProducerBuilder<TKey, TValue>>? configure)
    {
        ClientSettings.RequireServers(settings.Config, name);
        var builder = new ProducerBuilder<TKey, TValue>(settings.Config);
        configure?.Invoke(services, builder);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(ClientLog.Category);
        ClientLog.Attach(logger, () => builder.SetLogHandler((_, message) => ClientLog.Write(logger, message)));
        var producer = builder.Build();
        return settings is { DisableTracing: true, DisableMetrics: true } ? producer : new InstrumentedProducer<TKey, TValue>(producer);
    }
}
