using System.Diagnostics;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;

namespace EventSourcing.EventBackbone;

/// <summary>An event that can never be accepted, as it came, with the reason; published to <see cref="Route"/>.</summary>
/// <param name="Origin">Where it came from: an MQTT topic, an HTTP path, <c>topic/partition/offset</c>.</param>
/// <param name="Rejection">Why it was refused.</param>
/// <param name="Payload">The bytes as they came.</param>
/// <param name="ContentType">The content type as it came; null when there was none.</param>
/// <param name="Key">The original key; null when there was none.</param>
public sealed record DeadLetter(string Origin, Rejection Rejection, ReadOnlyMemory<byte> Payload, string? ContentType, string? Key)
{
    /// <summary>CloudEvents type of a dead letter.</summary>
    public const string EventType = "io.eventsourcing.dead-letter.v1";

    /// <summary>Extension attribute: <see cref="Rejection.Type"/>.</summary>
    public static readonly CloudEventAttribute Reason = CloudEventAttribute.CreateExtension("reason", CloudEventAttributeType.String);

    /// <summary>Extension attribute: <see cref="Rejection.Detail"/>.</summary>
    public static readonly CloudEventAttribute ReasonDetail = CloudEventAttribute.CreateExtension("reasondetail", CloudEventAttributeType.String);

    /// <summary>The one route of dead letters, shared by all services.</summary>
    public static readonly Route Route = new(
        new TopicDeclaration("dead-letters", "original key") { Retention = TimeSpan.FromDays(30) },
        new DeliveryProfile { Failover = Failover.Spool, MaxEventBytes = 1_048_588 });

    private const int LongestDetail = 1_000;

    /// <summary>
    /// The dead letter as an event: <c>subject</c> is the origin, the data are the payload, and the extension attributes
    /// <c>reason</c> and <c>reasondetail</c> say why.
    /// </summary>
    /// <param name="source">The service that gave up on it.</param>
    public CloudEvent ToCloudEvent(Uri source)
    {
        var cloudEvent = new CloudEvent([EventAttributes.PartitionKey, EventAttributes.TraceParent, Reason, ReasonDetail])
        {
            Id = Guid.CreateVersion7().ToString(),
            Source = source,
            Type = EventType,
            Subject = Clean(Origin),
            Time = DateTimeOffset.UtcNow,
            DataContentType = string.IsNullOrWhiteSpace(ContentType) ? "application/octet-stream" : Clean(ContentType),
            Data = Payload.ToArray(),
        };
        cloudEvent[Reason] = Rejection.Type;
        cloudEvent[ReasonDetail] = Clean(Rejection.Detail);
        if (!string.IsNullOrEmpty(Key))
            cloudEvent[EventAttributes.PartitionKey] = Clean(Key);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } activity)
            cloudEvent[EventAttributes.TraceParent] = activity.Id;
        return cloudEvent;
    }

    // Foreign text may hold what an attribute must not: control characters, half surrogates (CloudEvents 1.0, type String).
    private static string Clean(string text)
    {
        var runes = text.EnumerateRunes().Select(rune => IsAllowed(rune) ? rune : System.Text.Rune.ReplacementChar);
        var clean = string.Concat(runes.Take(LongestDetail));
        return clean.Length == 0 ? "-" : clean;
    }

    private static bool IsAllowed(System.Text.Rune rune) =>
        !System.Text.Rune.IsControl(rune) && (rune.Value & 0xFFFE) != 0xFFFE && rune.Value is not (>= 0xFDD0 and <= 0xFDEF);
}
