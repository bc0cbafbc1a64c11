using System.Globalization;
using System.Text;
using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.Benchmarks.Workloads;

/// <summary>Events as the producers of this repository make them, built before the clock starts and used in rotation.</summary>
internal static class SampleEvents
{
    private const int Count = 4_096;
    private const int Keys = 1_000;

    // One producer, one source and one schema for all its events: the same objects, as in a service.
    private static readonly Uri Source = new("/pumps/HOU-01/7f3a9c", UriKind.Relative);
    private static readonly Uri Schema = new("http://sensor-ingest/schemas/io.eventsourcing.sensor.reading.v1");

    public static CloudEvent[] CloudEvents(int payloadBytes) => [.. Enumerable.Range(0, Count).Select(i => Event(i, payloadBytes))];

    /// <summary>The records that the publisher should come to: same key, value and headers.</summary>
    public static Message<byte[]?, byte[]?>[] Messages(int payloadBytes) =>
        [.. CloudEvents(payloadBytes).Select(cloudEvent => cloudEvent.ToKafkaMessage())];

    /// <summary>Key and value alone: the client's own limit, without the envelope's headers.</summary>
    public static Message<byte[]?, byte[]?>[] Plain(int payloadBytes) =>
        [.. Messages(payloadBytes).Select(message => new Message<byte[]?, byte[]?> { Key = message.Key, Value = message.Value })];

    private static CloudEvent Event(int index, int payloadBytes) => new(EventAttributes.All)
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Type = "io.eventsourcing.sensor.reading.v1",
        Source = Source,
        Subject = Key(index),
        Time = DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(index),
        DataContentType = "application/json",
        DataSchema = Schema,
        Data = Payload(payloadBytes),
        [EventAttributes.PartitionKey] = Key(index),
        [EventAttributes.Sequence] = EventAttributes.FormatSequence(index + 1),
        [EventAttributes.RecordedTime] = DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(index + 3),
    };

    private static string Key(int index) => string.Create(CultureInfo.InvariantCulture, $"asset-{index % Keys:D4}");

    private static byte[] Payload(int bytes) => Encoding.UTF8.GetBytes($$"""{"reading":"{{new string('7', bytes - 14)}}"}""");
}
