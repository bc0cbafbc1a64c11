using System.Text.Json;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;

namespace EventSourcing.Storefront.Events;

/// <summary>Makes the web events of one source and numbers them from 1 without a gap. Thread-safe.</summary>
internal sealed class EventFactory(string source, TimeProvider clock)
{
    public const string Topic = "web-events";

    private const string PageViewType = "io.eventsourcing.web.page-view.v1";
    private const string ClickType = "io.eventsourcing.web.click.v1";
    private const string CustomType = "io.eventsourcing.web.custom.v1";

    private readonly Uri _source = new(source, UriKind.Relative);
    private long _sequence;

    /// <summary>CloudEvents <c>source</c>.</summary>
    public string Source => source;

    /// <summary>The number of the event made last.</summary>
    public long Sequence => Volatile.Read(ref _sequence);

    public NumberedEvent Create(string visitor, PageView data) =>
        Create(PageViewType, visitor, JsonSerializer.SerializeToUtf8Bytes(data, EventJson.Default.PageView));

    public NumberedEvent Create(string visitor, Click data) =>
        Create(ClickType, visitor, JsonSerializer.SerializeToUtf8Bytes(data, EventJson.Default.Click));

    public NumberedEvent Create(string visitor, CustomEvent data) =>
        Create(CustomType, visitor, JsonSerializer.SerializeToUtf8Bytes(data, EventJson.Default.CustomEvent));

    private NumberedEvent Create(string type, string visitor, byte[] data)
    {
        var number = Interlocked.Increment(ref _sequence);
        var sequence = EventAttributes.FormatSequence(number);
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = sequence,
            Source = _source,
            Type = type,
            Subject = visitor,
            Time = clock.GetUtcNow(),
            DataContentType = "application/json",
            Data = data,
        };
        cloudEvent[EventAttributes.PartitionKey] = visitor;
        cloudEvent[EventAttributes.Sequence] = sequence;
        return new NumberedEvent(number, cloudEvent);
    }
}
