using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Tests;

/// <summary>The golden events that the conformance vectors name, and a few of our own.</summary>
internal static class Events
{
    public static readonly IReadOnlyList<CloudEventAttribute> Extensions =
    [
        CloudEventAttribute.CreateExtension("extinteger", CloudEventAttributeType.Integer),
        CloudEventAttribute.CreateExtension("extboolean", CloudEventAttributeType.Boolean),
        CloudEventAttribute.CreateExtension("extstring", CloudEventAttributeType.String),
        CloudEventAttribute.CreateExtension("extbinary", CloudEventAttributeType.Binary),
        CloudEventAttribute.CreateExtension("exttimestamp", CloudEventAttributeType.Timestamp),
        CloudEventAttribute.CreateExtension("exturi", CloudEventAttributeType.Uri),
        CloudEventAttribute.CreateExtension("exturiref", CloudEventAttributeType.UriReference),
    ];

    public static readonly IReadOnlyList<string> GoldenNames =
        ["minimal", "minimalWithTime", "minimalWithRelativeSource", "simpleTextData", "allCore", "allExtensionTypes"];

    private static readonly DateTimeOffset Time = new(2018, 4, 5, 17, 31, 0, TimeSpan.Zero);

    public static CloudEvent Golden(string sampleId) => sampleId switch
    {
        "minimal" => Minimal("minimal"),
        "minimalWithTime" => With(Minimal(sampleId), static e => e.Time = Time),
        "minimalWithRelativeSource" => With(Minimal(sampleId), static e => e.Source = new Uri("#fragment", UriKind.Relative)),
        "simpleTextData" => With(Minimal(sampleId), static e => (e.DataContentType, e.Data) = ("text/plain", "Simple text")),
        "allCore" => AllCore(),
        "allExtensionTypes" => AllExtensionTypes(),
        _ => throw new ArgumentOutOfRangeException(nameof(sampleId), sampleId, "No golden event of this name."),
    };

    public static IReadOnlyList<CloudEvent> GoldenBatch(string sampleId) => sampleId switch
    {
        "empty" => [],
        "minimal" => [Golden("minimal")],
        "minimal2" => [Golden("minimal"), Golden("minimal")],
        "minimalAndAllCore" => [Golden("minimal"), Golden("allCore")],
        "minimalAndAllExtensionTypes" => [Golden("minimal"), Golden("allExtensionTypes")],
        _ => throw new ArgumentOutOfRangeException(nameof(sampleId), sampleId, "No golden batch of this name."),
    };

    /// <summary>An event as the producers of this project make it.</summary>
    public static CloudEvent Reading() => new(CloudEventsSpecVersion.V1_0, EventAttributes.All)
    {
        Id = "0198a7c2-5b1f-7c3e-9f2a-6d1f0b6f1a2b",
        Source = new Uri("/pumps/HOU-01/7f3a9c", UriKind.Relative),
        Type = "io.eventsourcing.sensor.reading.v1",
        Subject = "HOU-01",
        Time = new DateTimeOffset(2026, 11, 24, 8, 15, 30, 125, TimeSpan.Zero),
        DataContentType = "application/json",
        DataSchema = new Uri("http://localhost:5080/schemas/io.eventsourcing.sensor.reading.v1"),
        Data = """{"assetId":"HOU-01","temperature":71.5}"""u8.ToArray(),
        [EventAttributes.PartitionKey] = "HOU-01",
        [EventAttributes.Sequence] = EventAttributes.FormatSequence(42),
        [EventAttributes.RecordedTime] = new DateTimeOffset(2026, 11, 24, 8, 15, 30, 250, TimeSpan.Zero),
    };

    public static CloudEvent Minimal(string id) => new(CloudEventsSpecVersion.V1_0, Extensions)
    {
        Id = id,
        Type = "io.cloudevents.test",
        Source = new Uri("https://cloudevents.io"),
    };

    public static CloudEvent With(CloudEvent cloudEvent, Action<CloudEvent> change)
    {
        change(cloudEvent);
        return cloudEvent;
    }

    private static CloudEvent AllCore() => With(Minimal("allCore"), static e =>
    {
        e.DataContentType = "text/plain";
        e.DataSchema = new Uri("https://cloudevents.io/dataschema");
        e.Subject = "tests";
        e.Time = Time;
    });

    private static CloudEvent AllExtensionTypes() => With(Minimal("allExtensionTypes"), static e =>
    {
        e["extinteger"] = 10;
        e["extboolean"] = true;
        e["extstring"] = "text";
        e["extbinary"] = "Ma"u8.ToArray();
        e["exttimestamp"] = new DateTimeOffset(2023, 3, 31, 15, 12, 0, TimeSpan.Zero);
        e["exturi"] = new Uri("https://cloudevents.io");
        e["exturiref"] = new Uri("//authority/path", UriKind.RelativeOrAbsolute);
    });
}
