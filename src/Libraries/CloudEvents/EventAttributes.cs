using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents;

/// <summary>The extension attributes this project uses, each named as in the CloudEvents documented extensions.</summary>
public static class EventAttributes
{
    /// <summary><c>partitionkey</c> (Partitioning extension): the record key; stays a header, too.</summary>
    public static readonly CloudEventAttribute PartitionKey = CloudEventAttribute.CreateExtension("partitionkey", CloudEventAttributeType.String);

    /// <summary><c>sequence</c> (Sequence extension): zero-padded decimal, 12 digits, counting per <c>source</c> from 1.</summary>
    public static readonly CloudEventAttribute Sequence = CloudEventAttribute.CreateExtension("sequence", CloudEventAttributeType.String);

    /// <summary><c>recordedtime</c> (Recorded Time extension): when the gateway took the event.</summary>
    public static readonly CloudEventAttribute RecordedTime = CloudEventAttribute.CreateExtension("recordedtime", CloudEventAttributeType.Timestamp);

    /// <summary><c>traceparent</c> (Distributed Tracing extension): where the trace started; the hop's own context is the protocol's header.</summary>
    public static readonly CloudEventAttribute TraceParent = CloudEventAttribute.CreateExtension("traceparent", CloudEventAttributeType.String);

    /// <summary>All of them, for parsers.</summary>
    public static readonly IReadOnlyList<CloudEventAttribute> All = [PartitionKey, Sequence, RecordedTime, TraceParent];

    /// <summary><paramref name="number"/> as the <c>sequence</c> attribute is written.</summary>
    public static string FormatSequence(long number) => number.ToString("D12", System.Globalization.CultureInfo.InvariantCulture);
}
