using System.Globalization;

namespace EventSourcing.LocalKafka.Topics;

/// <summary>One topic setting: name, type, default and what is allowed, all as in Kafka.</summary>
internal sealed record TopicConfigDefinition(string Name, ConfigType Type, string Default, string Documentation)
{
    public double Minimum { get; init; } = double.NegativeInfinity;

    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The words a string or list may hold; null for any.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>Null when <paramref name="value"/> is allowed, else what is wrong with it.</summary>
    public string? Validate(string value) => Type switch
    {
        ConfigType.Boolean => bool.TryParse(value, out _) ? null : Wrong(value, "true or false"),
        ConfigType.Int => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? InRange(number, value) : Wrong(value, "a 32-bit integer"),
        ConfigType.Long => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? InRange(number, value) : Wrong(value, "a 64-bit integer"),
        ConfigType.Double => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? InRange(number, value) : Wrong(value, "a number"),
        ConfigType.List => ListItems(value).All(IsWord) ? null : Wrong(value, $"a list of {string.Join(", ", Words!)}"),
        _ => IsWord(value) ? null : Wrong(value, $"one of {string.Join(", ", Words!)}"),
    };

    public static string[] ListItems(string value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private bool IsWord(string word) => Words is null || Words.Contains(word, StringComparer.Ordinal);

    private string? InRange(double number, string value) =>
        number >= Minimum && number <= Maximum ? null : Wrong(value, string.Create(CultureInfo.InvariantCulture, $"between {Minimum} and {Maximum}"));

    private string Wrong(string value, string allowed) => $"Invalid value '{value}' for configuration {Name}: must be {allowed}.";
}
