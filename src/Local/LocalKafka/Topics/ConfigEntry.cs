namespace EventSourcing.LocalKafka.Topics;

/// <summary>One line of DescribeConfigs.</summary>
internal sealed record ConfigEntry(string Name, string Value, ConfigType Type, ConfigSource Source, bool IsReadOnly, string Documentation)
{
    private string? Default { get; init; }

    public static List<ConfigEntry> Of(TopicConfig config) =>
        [.. TopicConfigDefinitions.All.Select(definition => new ConfigEntry(
            definition.Name, config.Value(definition), definition.Type, config.Source(definition), IsReadOnly: false, definition.Documentation)
        {
            Default = definition.Default,
        })];

    /// <summary>The value and what it overrides, strongest first.</summary>
    public IReadOnlyList<(string Name, string Value, ConfigSource Source)> Synonyms() =>
        Source == ConfigSource.TopicOverride && Default is { } fallback
            ? [(Name, Value, Source), (Name, fallback, ConfigSource.Default)]
            : [(Name, Value, Source)];
}
