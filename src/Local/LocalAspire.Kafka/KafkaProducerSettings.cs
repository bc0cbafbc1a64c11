using Confluent.Kafka;

namespace Aspire.Confluent.Kafka;

/// <summary>Settings of a producer: configuration section <c>Aspire:Confluent:Kafka:Producer</c>, then <c>…:&lt;connection name&gt;</c>.</summary>
public sealed class KafkaProducerSettings
{
    /// <summary>Bootstrap servers, <c>host:port</c>, comma separated; configuration key <c>ConnectionStrings:&lt;connection name&gt;</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Settings of the client.</summary>
    public ProducerConfig Config { get; } = [];

    /// <summary>Makes no metrics; default false.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>Adds no health check; default false. The check produces to the topic <c>healthchecks-topic</c>, which must exist or be created by the broker.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Makes no spans and adds no trace context to messages; default false.</summary>
    public bool DisableTracing { get; set; }
}
