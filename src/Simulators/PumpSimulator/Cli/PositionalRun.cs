using System.Globalization;
using EventSourcing.PumpSimulator.Model;

namespace EventSourcing.PumpSimulator.Cli;

/// <summary>
/// The original's eight positional arguments: topic, bootstrap servers, number of assets or a word with <c>event</c> in it, pattern, trend,
/// frequency in ms, number of events, pump id.
/// </summary>
internal sealed record PositionalRun
{
    private const int EventArguments = 8;
    private const int DefaultAssets = 5;

    /// <summary>Topic; null when it was not given.</summary>
    public string? Topic { get; private init; }

    /// <summary>Bootstrap servers; null when they were not given.</summary>
    public string? Brokers { get; private init; }

    /// <summary>True for metric events of one pump, false for new assets.</summary>
    public bool IsEvents { get; private init; }

    /// <summary>Events or assets to send, at least 1.</summary>
    public int Count { get; private init; } = DefaultAssets;

    /// <summary>Which metric moves.</summary>
    public MetricPattern Pattern { get; private init; }

    /// <summary>Which way it moves; the original stores it and never reads it.</summary>
    public MetricTrend Trend { get; private init; }

    /// <summary>Time between two events; the original stores it and never reads it.</summary>
    public TimeSpan Frequency { get; private init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pump.</summary>
    public string Pump { get; private init; } = "ND01";

    /// <summary>Reads the arguments; what is not given comes from <paramref name="settings"/> (the original's property names), then from the defaults.</summary>
    /// <param name="arguments">Up to eight.</param>
    /// <param name="compat">True takes any pattern (an unknown one is constant) and wants all eight arguments for events, as the original does.</param>
    /// <param name="settings">Settings of a properties file.</param>
    /// <exception cref="ArgumentException">An argument is wrong; the message says which and what it may be.</exception>
    public static PositionalRun Parse(IReadOnlyList<string> arguments, bool compat, IReadOnlyDictionary<string, string> settings)
    {
        string? At(int index) => index < arguments.Count ? arguments[index] : null;
        var run = new PositionalRun
        {
            Topic = At(0) ?? settings.GetValueOrDefault("kafka.asset.topic.name"),
            Brokers = At(1) ?? settings.GetValueOrDefault("kafka.bootstrap.servers"),
        };
        if (At(2) is not { } mode)
            return run;
        if (!mode.Contains("event", StringComparison.Ordinal))
            return run with { Count = Positive(mode, "number of assets (or 'event')") };
        if (compat && arguments.Count < EventArguments)
            throw new ArgumentException($"event mode needs all {EventArguments} arguments with --compat ({arguments.Count} given): topic brokers event pattern trend frequency number pump.");
        return run with
        {
            IsEvents = true,
            Pattern = PatternOf(At(3) ?? settings.GetValueOrDefault("pump.event.pattern") ?? "constant", compat || At(3) is null),
            Trend = TrendOf(At(4) ?? (compat ? settings.GetValueOrDefault("pump.metric.trent") : null) ?? "decrease", compat),
            Frequency = TimeSpan.FromMilliseconds(Positive(At(5) ?? settings.GetValueOrDefault("pump.event.frequency") ?? "60000", "frequency (ms)")),
            Count = Positive(At(6) ?? settings.GetValueOrDefault("pump.event.number") ?? "10", "number of events"),
            Pump = At(7) ?? run.Pump,
        };
    }

    /// <summary>The pattern of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MetricPattern PatternOf(string text, bool elseConstant) =>
        Enum.TryParse<MetricPattern>(text, ignoreCase: !elseConstant, out var pattern) && !char.IsAsciiDigit(text[0]) ? pattern
        : elseConstant ? MetricPattern.Constant
        : throw new ArgumentException($"pattern '{text}' is unknown; it may be {string.Join(", ", Enum.GetNames<MetricPattern>())}.");

    /// <summary>The trend of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MetricTrend TrendOf(string text, bool elseDecrease) => text switch
    {
        "increase" => MetricTrend.Increase,
        "decrease" => MetricTrend.Decrease,
        _ when elseDecrease => MetricTrend.Decrease,
        _ => throw new ArgumentException($"trend '{text}' is unknown; it may be increase or decrease."),
    };

    private static int Positive(string text, string name) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{name} is '{text}'; it must be a whole number of at least 1.");
}
