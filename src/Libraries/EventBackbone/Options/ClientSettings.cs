using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.EventBackbone.Options;

/// <summary>Settings of the Kafka clients that configuration passes through, in librdkafka's names.</summary>
internal sealed record ClientSettings(
    IReadOnlyDictionary<string, string> Client, IReadOnlyDictionary<string, string> Producer, IReadOnlyDictionary<string, string> Consumer)
{
    public const string ClientKey = "Client";
    public const string ProducerKey = "Producer";
    public const string ConsumerKey = "Consumer";

    private static readonly Dictionary<string, string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bootstrap.servers"] = "the connection string says it",
        ["acks"] = "the route's Durability says it",
        ["request.required.acks"] = "the route's Durability says it",
        ["enable.idempotence"] = "the route's Durability says it",
        ["transactional.id"] = "Backbone:InstanceId says it",
        ["transaction.timeout.ms"] = "the route's DeliveryTimeout says it",
        ["message.timeout.ms"] = "the route's DeliveryTimeout says it",
        ["delivery.timeout.ms"] = "the route's DeliveryTimeout says it",
        ["partitioner"] = "murmur2_random is part of the event contract",
        ["group.id"] = "the service's code says it",
        ["enable.auto.commit"] = "offsets are stored after the effect",
        ["enable.auto.offset.store"] = "offsets are stored after the effect",
        ["enable.partition.eof"] = "the consumer relies on it",
        ["isolation.level"] = "consumers read committed records only",
    };

    public static ClientSettings Read(IConfigurationSection backbone, List<string> errors) =>
        new(Read(backbone, ClientKey, errors), Read(backbone, ProducerKey, errors), Read(backbone, ConsumerKey, errors));

    /// <summary>Adds the settings for all clients and then <paramref name="own"/> to <paramref name="config"/>.</summary>
    /// <exception cref="InvalidOperationException">librdkafka knows no such setting, or not that value (thrown when the client is built).</exception>
    public T Apply<T>(T config, IReadOnlyDictionary<string, string> own)
        where T : ClientConfig
    {
        foreach (var (key, value) in Client.Concat(own))
            config.Set(key, value);
        return config;
    }

    private static Dictionary<string, string> Read(IConfigurationSection backbone, string kind, List<string> errors)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var child in backbone.GetSection(kind).GetChildren())
            if (Reserved.TryGetValue(child.Key, out var reason))
                errors.Add($"{child.Path}: cannot be set here, {reason}.");
            else if (child.Value is null)
                errors.Add($"{child.Path}: has no value; settings are flat and named as librdkafka names them, such as security.protocol.");
            else
                settings[child.Key] = child.Value;
        return settings;
    }
}
