using System.Text.Json;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.SensorIngest.Contracts;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>
/// Makes of a device's event the one that is published: <c>id</c>, <c>source</c>, <c>sequence</c> and <c>time</c> stay the device's own;
/// subject, record key, recorded time, schema and the asset are the gateway's.
/// </summary>
internal sealed class EventEnricher(Schemas schemas, TimeProvider time)
{
    /// <summary>A reading with the asset that the business knows the device as.</summary>
    public CloudEvent Reading(IncomingEvent incoming, AssetReference asset) => Complete(
        incoming.Envelope,
        asset.AssetId,
        schemas.SensorReading,
        JsonSerializer.SerializeToUtf8Bytes(incoming.Reading! with { Asset = asset }, SensorJson.Default.SensorReading));

    /// <summary>A registration.</summary>
    public CloudEvent Asset(IncomingEvent incoming) => Complete(
        incoming.Envelope,
        incoming.Asset!.AssetId,
        schemas.AssetRegistered,
        JsonSerializer.SerializeToUtf8Bytes(incoming.Asset, SensorJson.Default.AssetRegistered));

    private CloudEvent Complete(CloudEvent envelope, string assetId, Uri schema, byte[] data)
    {
        var now = time.GetUtcNow();
        envelope.Subject = assetId;
        envelope.Time ??= now;
        envelope.DataSchema = schema;
        envelope.DataContentType = "application/json";
        envelope.Data = data;
        envelope[EventAttributes.PartitionKey] = assetId;
        envelope[EventAttributes.RecordedTime] = now;
        return envelope;
    }
}
