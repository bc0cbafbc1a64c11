using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.TextProducer.Options;

/// <summary>What is sent where, and how fast. Configuration section <see cref="SectionName"/>.</summary>
public sealed class TextProducerOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Text";

    /// <summary>The name under <c>ConnectionStrings</c> of the Kafka cluster.</summary>
    public const string ConnectionName = "kafka";

    /// <summary>The topic; this producer owns it and creates it when it does not exist.</summary>
    [Required, RegularExpression("^[a-zA-Z0-9._-]{1,249}$", ErrorMessage = "Text:Topic must be 1 to 249 characters of a-z, A-Z, 0-9, '.', '_' and '-'.")]
    public string Topic { get; set; } = "text-topic";

    /// <summary>Partitions of the topic when it is created, count, 1 to 1,000.</summary>
    [Range(1, 1_000)] public int Partitions { get; set; } = 6;

    /// <summary>Lines per second, 0.1 to 10,000.</summary>
    [Range(0.1, 10_000)] public double LinesPerSecond { get; set; } = 50;

    /// <summary>End after so many lines; 0 (the default) goes on until stopped.</summary>
    [Range(0, long.MaxValue)] public long Count { get; set; }

    /// <summary>Seed of the generated lines: the same seed gives the same lines.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>A trace starts with every so-manieth line, count, 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)] public int TraceEvery { get; set; } = 100;
}

[OptionsValidator]
internal sealed partial class TextProducerOptionsValidator : IValidateOptions<TextProducerOptions>;
