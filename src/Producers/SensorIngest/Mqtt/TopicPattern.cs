using System.Diagnostics.CodeAnalysis;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>A topic filter with one <c>+</c> that stands for the device id: <c>sensors/+/readings</c>.</summary>
internal sealed class TopicPattern
{
    private readonly string _prefix;
    private readonly string _suffix;

    /// <summary>Splits a filter that the options have validated.</summary>
    public TopicPattern(string filter)
    {
        Filter = filter;
        var plus = filter.IndexOf('+', StringComparison.Ordinal);
        (_prefix, _suffix) = (filter[..plus], filter[(plus + 1)..]);
    }

    /// <summary>The filter as configured; low-cardinality name of what matches it.</summary>
    public string Filter { get; }

    /// <summary>The filter as a shared subscription (MQTT 5 §4.8.2).</summary>
    public string Shared(string shareName) => $"$share/{shareName}/{Filter}";

    /// <summary>True when the topic matches; then <paramref name="device"/> is the level at the <c>+</c>.</summary>
    public bool TryMatch(string topic, [NotNullWhen(true)] out string? device)
    {
        device = null;
        if (topic.Length < _prefix.Length + _suffix.Length
            || !topic.StartsWith(_prefix, StringComparison.Ordinal)
            || !topic.EndsWith(_suffix, StringComparison.Ordinal))
            return false;
        var level = topic[_prefix.Length..^_suffix.Length];
        if (level.Contains('/', StringComparison.Ordinal))
            return false;
        device = level;
        return true;
    }
}
