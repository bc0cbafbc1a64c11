using EventSourcing.MqAdapter.Contracts;

namespace EventSourcing.MqAdapter.Options;

/// <summary>One queue: where it is, how its messages read, what their events are.</summary>
public sealed class QueueOptions
{
    /// <summary>The queue's name, for people, logs and <c>source</c>: 1 to 100 of <c>[A-Za-z0-9._-]</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>Address of the link's source, as the broker wants it; default: the name.</summary>
    public string? Address { get; set; }

    /// <summary>Capability asked of the source: IBM MQ and Artemis take a queue for a topic without <c>queue</c>, the default. Empty for none.</summary>
    public string Capability { get; set; } = "queue";

    /// <summary>How a message's body reads; default <see cref="BodyFormat.Json"/>.</summary>
    public BodyFormat Format { get; set; } = BodyFormat.Json;

    /// <summary>Character set of text and of records, a name that .NET knows; default <c>utf-8</c>. EBCDIC: <c>IBM037</c>, <c>IBM1047</c>, <c>IBM273</c>...</summary>
    public string Charset { get; set; } = "utf-8";

    /// <summary>CloudEvents type; default <c>io.eventsourcing.store.sale.v1</c>, whose contract is checked. Of another type only the form is.</summary>
    public string EventType { get; set; } = EventTypes.StoreSale;

    /// <summary>Where the record key comes from; default <see cref="KeySource.CorrelationId"/>.</summary>
    public KeySource KeyFrom { get; set; } = KeySource.CorrelationId;

    /// <summary>The field, for <see cref="KeySource.Field"/>: a member of the JSON object, or a field of the record.</summary>
    public string? KeyField { get; set; }

    /// <summary>Field with the event's time (RFC 3339); default none: the message's creation time, else the time of its arrival.</summary>
    public string? TimeField { get; set; }

    /// <summary>The message's group id is part of <c>source</c>: <c>/mq/{group}/{queue}</c>; default false. For few groups only.</summary>
    public bool GroupIsSource { get; set; }

    /// <summary>The message's group sequence is the number of its first record, and becomes <c>sequence</c>; default false.</summary>
    public bool SequenceFromGroup { get; set; }

    /// <summary>Fields of a record, for <see cref="BodyFormat.Records"/>, as the copybook has them.</summary>
    public List<FieldOptions> Fields { get; set; } = [];

    /// <summary>Bytes of a record; default: where its last field ends.</summary>
    public int? RecordLength { get; set; }
}

/// <summary>One field of a copybook.</summary>
public sealed class FieldOptions
{
    /// <summary>Name of the JSON member; <c>FILLER</c> is left out.</summary>
    public string Name { get; set; } = "";

    /// <summary>COBOL picture: <c>X(20)</c>, <c>9(5)</c>, <c>S9(7)V99</c>.</summary>
    public string Picture { get; set; } = "";

    /// <summary>How a numeric field is stored; default <see cref="FieldUsage.Display"/>.</summary>
    public FieldUsage Usage { get; set; } = FieldUsage.Display;

    /// <summary>Offset in the record, bytes from 0; default: where the field before it ends. An earlier one redefines.</summary>
    public int? Offset { get; set; }
}

/// <summary>How a body reads.</summary>
public enum BodyFormat
{
    /// <summary>One JSON value, one event.</summary>
    Json,

    /// <summary>Text, one event of <c>text/plain; charset=utf-8</c>.</summary>
    Text,

    /// <summary>Fixed-width records without separators, an event each.</summary>
    Records,
}

/// <summary>COBOL usage.</summary>
public enum FieldUsage
{
    /// <summary>Characters; numbers are zoned decimals with the sign in the last byte.</summary>
    Display,

    /// <summary>COMP: binary, big-endian, two's complement.</summary>
    Comp,

    /// <summary>COMP-3: packed decimal.</summary>
    Comp3,
}

/// <summary>Where a record key comes from.</summary>
public enum KeySource
{
    /// <summary>No key.</summary>
    None,

    /// <summary>The message's correlation id (JMSCorrelationID).</summary>
    CorrelationId,

    /// <summary>The message's group id (JMSXGroupID).</summary>
    GroupId,

    /// <summary>A field of the data.</summary>
    Field,
}
