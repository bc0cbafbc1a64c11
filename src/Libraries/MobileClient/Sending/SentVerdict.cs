using System.Text.Json.Serialization;

namespace EventSourcing.MobileClient.Sending;

/// <summary>What the service says about one event; members of later versions are let pass.</summary>
internal sealed record SentVerdict(
    string Status, string? Topic = null, int? Partition = null, long? Offset = null, string? Type = null, string? Detail = null, int? RetryAfter = null)
{
    /// <summary>True when the event is to be sent again.</summary>
    [JsonIgnore] public bool IsLater => RetryAfter is not null;

    public EventAnswer ToAnswer(long number) => new(
        number,
        Status switch { "stored" => AnswerKind.Stored, "spooled" => AnswerKind.Spooled, "queued" => AnswerKind.Queued, _ => AnswerKind.Refused },
        Topic, Partition, Offset, Type, Detail);
}

/// <summary>How answers are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SentVerdict[]))]
internal sealed partial class VerdictJson : JsonSerializerContext;
