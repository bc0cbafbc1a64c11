namespace EventSourcing.LocalKafka.Topics;

/// <summary>Type of a configuration value as DescribeConfigs numbers it.</summary>
internal enum ConfigType : sbyte
{
    Boolean = 1,
    String = 2,
    Int = 3,
    Long = 5,
    Double = 6,
    List = 7,
}
