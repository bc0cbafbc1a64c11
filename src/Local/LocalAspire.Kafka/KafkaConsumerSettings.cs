using Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

/// <summary>Settings of a consumer: configuration section <c>Aspire:Confluent:Kafka:Consumer</c>, then <c>…:&lt;connection name&gt;</c>.</summary>
public sealed class KafkaConsumerSettings
{
    /// <summary>Bootstrap servers, <c>host:port</c>, comma separated; configuration key <c>ConnectionStrings:&lt;connection name&gt;</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Settings of the client.</summary>
    public ConsumerConfig Config { get; } = [];

    /// <summary>Makes no metrics; default false.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>Adds no health check; default false. The check produces to the topic <c>healthchecks-topic</c>, which must exist or be created by the broker.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Makes no spans; default false.</summary>
    public bool DisableTracing { get; set; }
}
