using System.Text.Json.Serialization;
using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>What became of one event, as an HTTP intake answers it. Members that do not apply are absent.</summary>
/// <param name="Id">The event's id; absent when it could not be read.</param>
/// <param name="Status"><c>stored</c>, <c>spooled</c>, <c>queued</c> or <c>rejected</c>.</param>
/// <param name="Topic">The topic the event is in or on its way to.</param>
/// <param name="Partition">Partition of the stored record.</param>
/// <param name="Offset">Offset of the stored record.</param>
/// <param name="Type">Why it was rejected, for programs: a URN.</param>
/// <param name="Detail">Why it was rejected, for people.</param>
/// <param name="RetryAfter">Seconds after which sending it again may help; absent when it can never succeed.</param>
public sealed record Verdict(
    string? Id, string Status, string? Topic = null, int? Partition = null, long? Offset = null,
    string? Type = null, string? Detail = null, int? RetryAfter = null)
{
    /// <summary>A receipt in words.</summary>
    public static Verdict Of(string? id, in Receipt receipt) => receipt switch
    {
        { Rejection: { } refusal } => new(
            id, "rejected", Type: refusal.Type, Detail: refusal.Detail,
            RetryAfter: refusal.RetryAfter is { } delay ? RefusalResult.ToSeconds(delay) : null),
        { Level: ReceiptLevel.Stored } => new(id, "stored", receipt.Topic, receipt.Partition, receipt.Offset),
        { Level: ReceiptLevel.Spooled } => new(id, "spooled", receipt.Topic),
        _ => new(id, "queued", receipt.Topic),
    };
}

/// <summary>How answers are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(Verdict[]))]
[JsonSerializable(typeof(string[]))]
public sealed partial class AnswerJson : JsonSerializerContext;
