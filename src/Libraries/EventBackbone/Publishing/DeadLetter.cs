using CloudNative.CloudEvents;

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

    /// <summary>The one route of dead letters, shared by all services.</summary>
    public static readonly Route Route = new(
        new TopicDeclaration("dead-letters", "original key") { Retention = TimeSpan.FromDays(30) },
        new DeliveryProfile { Failover = Failover.Spool, MaxEventBytes = 1_048_588 });

    /// <summary>
    /// The dead letter as an event: <c>subject</c> is the origin, the data are the payload, and the extension attributes
    /// <c>reason</c> and <c>reasondetail</c> say why.
    /// </summary>
    /// <param name="source">The service that gave up on it.</param>
    public CloudEvent ToCloudEvent(Uri source) => throw new NotImplementedException();
}
