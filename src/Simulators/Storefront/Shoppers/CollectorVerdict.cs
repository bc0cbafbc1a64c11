using System.Text.Json.Serialization;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>What the HTTP collector says about one event.</summary>
internal sealed record CollectorVerdict(string Status, string? Type = null, string? Detail = null, int? RetryAfter = null)
{
    public SendAnswer ToAnswer() => Status switch
    {
        "stored" => new SendAnswer(SendStatus.Stored),
        "spooled" => new SendAnswer(SendStatus.Spooled),
        "queued" => new SendAnswer(SendStatus.Queued),
        _ => SendAnswer.Refused(Type, Detail, RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
    };
}

/// <summary>How verdicts are read; members of later versions are let pass.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CollectorVerdict[]))]
internal sealed partial class VerdictJson : JsonSerializerContext;
