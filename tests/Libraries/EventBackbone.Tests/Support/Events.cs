using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>Routes and events of tests.</summary>
internal static class Events
{
    public static readonly Uri Source = new("/tests/1", UriKind.Relative);

    /// <summary>A route of its own topic.</summary>
    public static Route NewRoute(DeliveryProfile? profile = null, int partitions = 3) =>
        new(new TopicDeclaration($"test-{Guid.NewGuid():N}", "test key") { Partitions = partitions }, profile ?? new DeliveryProfile());

    public static CloudEvent New(long sequence, string? key = null, int bytes = 20)
    {
        var cloudEvent = new CloudEvent(EventAttributes.All)
        {
            Id = sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Source = Source,
            Type = "io.eventsourcing.test.v1",
            DataContentType = "application/json",
            Data = Encoding.UTF8.GetBytes("\"" + new string('x', Math.Max(0, bytes - 2)) + "\""),
        };
        cloudEvent[EventAttributes.Sequence] = EventAttributes.FormatSequence(sequence);
        if (key is not null)
            cloudEvent[EventAttributes.PartitionKey] = key;
        return cloudEvent;
    }
}
