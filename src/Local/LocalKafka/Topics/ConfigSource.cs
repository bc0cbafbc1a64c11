namespace EventSourcing.LocalKafka.Topics;

/// <summary>Where a configuration value comes from, as DescribeConfigs numbers it.</summary>
internal enum ConfigSource : sbyte
{
    TopicOverride = 1,
    StaticBroker = 4,
    Default = 5,
}
