using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// A topic filter with one <c>+</c> that stands for the device id: <c>sensors/+/readings</c>. A device may name its lane in a level before
/// its id: <c>sensors/lane-2/pump-419/readings</c>.
/// </summary>
internal sealed class TopicPattern
{
    /// <summary>How the level of a lane begins.</summary>
    public const string LanePrefix = "lane-";

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

    /// <summary>The filters of a lane; lane 0 has the devices that name none.</summary>
    public IEnumerable<string> FiltersOf(int lane)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{_prefix}{LanePrefix}{lane}/+{_suffix}");
        if (lane == 0)
            yield return Filter;
    }

    /// <summary>True when the topic matches; then <paramref name="device"/> is the level at the <c>+</c>.</summary>
    public bool TryMatch(string topic, [NotNullWhen(true)] out string? device)
    {
        device = null;
        if (topic.Length < _prefix.Length + _suffix.Length
            || !topic.StartsWith(_prefix, StringComparison.Ordinal)
            || !topic.EndsWith(_suffix, StringComparison.Ordinal))
            return false;
        var levels = topic[_prefix.Length..^_suffix.Length].Split('/');
        if (levels.Length > 2 || (levels.Length == 2 && !IsLane(levels[0])))
            return false;
        device = levels[^1];
        return true;
    }

    private static bool IsLane(string level) =>
        level.StartsWith(LanePrefix, StringComparison.Ordinal)
        && int.TryParse(level.AsSpan(LanePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
