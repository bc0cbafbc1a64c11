using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace Aspire.Confluent.Kafka;

/// <summary>Reads settings in Aspire's order, later wins: section, named section, connection string, code.</summary>
internal static class ClientSettings
{
    private const string Section = "Aspire:Confluent:Kafka:";
    private const int StatisticsIntervalMs = 1000;

    public static KafkaProducerSettings Producer(IConfiguration configuration, string connectionName, Action<KafkaProducerSettings>? configure)
    {
        var settings = new KafkaProducerSettings();
        Bind(configuration, "Producer", connectionName, settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configure?.Invoke(settings);
        Complete(settings.Config, settings.ConnectionString, settings.DisableMetrics);
        return settings;
    }

    public static KafkaConsumerSettings Consumer(IConfiguration configuration, string connectionName, Action<KafkaConsumerSettings>? configure)
    {
        var settings = new KafkaConsumerSettings();
        Bind(configuration, "Consumer", connectionName, settings);
        settings.ConnectionString = configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
        configure?.Invoke(settings);
        Complete(settings.Config, settings.ConnectionString, settings.DisableMetrics);
        return settings;
    }

    /// <exception cref="InvalidOperationException">No bootstrap servers are configured.</exception>
    public static void RequireServers(ClientConfig config, string connectionName)
    {
        if (string.IsNullOrEmpty(config.BootstrapServers))
            throw new InvalidOperationException($"No bootstrap servers configured. Set configuration key 'ConnectionStrings:{connectionName}'.");
    }

    private static void Bind(IConfiguration configuration, string kind, string connectionName, object settings)
    {
        var section = configuration.GetSection(Section + kind);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
    }

    private static void Complete(ClientConfig config, string? connectionString, bool disableMetrics)
    {
        if (connectionString is not null)
            config.BootstrapServers = connectionString;
        if (!disableMetrics)
            config.StatisticsIntervalMs ??= StatisticsIntervalMs;
    }
}
