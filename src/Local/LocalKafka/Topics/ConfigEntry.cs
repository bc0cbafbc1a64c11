namespace EventSourcing.LocalKafka.Topics;

/// <summary>One line of DescribeConfigs.</summary>
internal sealed record ConfigEntry(string Name, string Value, ConfigType Type, ConfigSource Source, bool IsReadOnly, string Documentation)
{
    /// <summary>The value and what it overrides, strongest first.</summary>
    public IReadOnlyList<(string Name, string Value, ConfigSource Source)> Synonyms { get; private init; } = [(Name, Value, Source)];

    public static List<ConfigEntry> Of(TopicConfig config) =>
        [.. TopicConfigDefinitions.All.Select(definition => new ConfigEntry(
            definition.Name, config.Value(definition), definition.Type, config.Source(definition), IsReadOnly: false, definition.Documentation)
        {
            Synonyms = [.. SynonymsOf(config, definition)],
        })];

    private static IEnumerable<(string Name, string Value, ConfigSource Source)> SynonymsOf(TopicConfig config, TopicConfigDefinition definition)
    {
        if (config.Source(definition) == ConfigSource.TopicOverride)
            yield return (definition.Name, config.Value(definition), ConfigSource.TopicOverride);
        if (TopicConfigSynonyms.Find(definition.Name) is { } brokerConfig)
            yield return (brokerConfig, definition.Default, ConfigSource.Default);
    }
}
