using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.TextConsumer;

/// <summary>What is read. Configuration section <see cref="SectionName"/>.</summary>
public sealed class TextConsumerOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Text";

    /// <summary>The name under <c>ConnectionStrings</c> of the Kafka cluster.</summary>
    public const string ConnectionName = "kafka";

    /// <summary>The topic.</summary>
    [Required, RegularExpression("^[a-zA-Z0-9._-]{1,249}$", ErrorMessage = "Text:Topic must be 1 to 249 characters of a-z, A-Z, 0-9, '.', '_' and '-'.")]
    public string Topic { get; set; } = "text-topic";

    /// <summary>End after so many records; 0 (the default) goes on until stopped.</summary>
    [Range(0, long.MaxValue)] public long Count { get; set; }
}

[OptionsValidator]
internal sealed partial class TextConsumerOptionsValidator : IValidateOptions<TextConsumerOptions>;
