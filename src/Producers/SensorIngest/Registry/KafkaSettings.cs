using Confluent.Kafka;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>
/// Settings of the registry's own Kafka clients: bootstrap servers from <c>ConnectionStrings:kafka</c>, and the backbone's
/// <c>Backbone:Client</c> (TLS, SASL) and <c>Backbone:Consumer</c> in librdkafka's names.
/// </summary>
internal sealed class KafkaSettings(IConfiguration configuration)
{
    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "kafka";

    /// <summary>For the end offsets.</summary>
    public AdminClientConfig Admin() => Apply(new AdminClientConfig(), "Backbone:Client");

    /// <summary>Reads whole partitions from the beginning, commits nothing, belongs to no group.</summary>
    public ConsumerConfig Consumer()
    {
        var config = Apply(Apply(new ConsumerConfig(), "Backbone:Client"), "Backbone:Consumer");
        config.GroupId = "sensor-ingest-registry";     // librdkafka wants one; with Assign and no commit no group comes to be
        config.EnableAutoCommit = false;
        config.EnablePartitionEof = true;
        config.AutoOffsetReset = AutoOffsetReset.Earliest;
        config.IsolationLevel = IsolationLevel.ReadCommitted;
        return config;
    }

    private T Apply<T>(T config, string section)
        where T : ClientConfig
    {
        config.BootstrapServers = configuration.GetConnectionString(ConnectionName);
        foreach (var setting in configuration.GetSection(section).GetChildren())
            config.Set(setting.Key, setting.Value ?? "");
        return config;
    }
}
