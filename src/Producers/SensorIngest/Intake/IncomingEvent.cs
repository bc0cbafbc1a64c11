using CloudNative.CloudEvents;
using EventSourcing.SensorIngest.Contracts;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>One decoded and valid event on its way in: a reading or a registration.</summary>
/// <param name="Envelope">The event as it will be published, but for what the gateway adds.</param>
/// <param name="DeviceId">The device it speaks for.</param>
/// <param name="Reading">The data of a reading; null for a registration.</param>
/// <param name="Asset">The data of a registration; null for a reading.</param>
/// <param name="PossibleDuplicate">The sender said that it may have sent the event before.</param>
internal sealed record IncomingEvent(
    CloudEvent Envelope, string DeviceId, SensorReading? Reading, AssetRegistered? Asset, bool PossibleDuplicate)
{
    /// <summary>CloudEvents' identity of the event: <c>source</c> and <c>id</c>.</summary>
    public (string Source, string Id) Identity { get; } = (Envelope.Source!.OriginalString, Envelope.Id!);
}
