namespace EventSourcing.LocalKafka.Topics;

/// <summary>Kinds of change in IncrementalAlterConfigs.</summary>
internal enum ConfigOperation : sbyte
{
    Set = 0,
    Delete = 1,
    Append = 2,
    Subtract = 3,
}

/// <summary>One change of one setting.</summary>
internal sealed record ConfigAlteration(string Name, ConfigOperation Operation, string? Value)
{
    private bool IsOfList => Operation is ConfigOperation.Append or ConfigOperation.Subtract;

    /// <summary>Null when the change makes sense for the setting.</summary>
    public string? Error => (Operation, TopicConfigDefinitions.Find(Name)) switch
    {
        (_, null) => $"Unknown topic config name: {Name}",
        ( > ConfigOperation.Subtract or < ConfigOperation.Set, _) => $"Unknown operation {(int)Operation} for {Name}.",
        (not ConfigOperation.Delete, _) when Value is null => $"A value is needed to change {Name}.",
        (_, { Type: not ConfigType.List }) when IsOfList => $"{Name} is not a list; it can be set or deleted only.",
        _ => null,
    };

    public IReadOnlyDictionary<string, string> ApplyTo(IReadOnlyDictionary<string, string> configs)
    {
        var changed = new Dictionary<string, string>(configs, StringComparer.Ordinal);
        if (Operation == ConfigOperation.Delete)
            changed.Remove(Name);
        else
            changed[Name] = IsOfList ? Combine(changed) : Value!;
        return changed;
    }

    private string Combine(Dictionary<string, string> configs)
    {
        var before = TopicConfigDefinition.ListItems(configs.GetValueOrDefault(Name, TopicConfigDefinitions.Find(Name)!.Default));
        var items = TopicConfigDefinition.ListItems(Value!);
        return string.Join(',', Operation == ConfigOperation.Append ? before.Union(items) : before.Except(items));
    }
}
