using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace EventSourcing.Ledger;

/// <summary>
/// The attributes of a CloudEvent in binary mode that the ledger needs, read straight from the record's headers: no event object per record.
/// </summary>
internal struct RecordEnvelope
{
    /// <summary>What a publisher puts on a record that may be on the topic already.</summary>
    public const string RedeliveryHeader = "redelivery";

    private const string SpecVersion = "1.0";

    private bool _hasSpecVersion;
    private bool _hasId;
    private bool _hasType;

    public string? Source { get; private set; }

    /// <summary>0 when there is none, or none that is a number.</summary>
    public long Sequence { get; private set; }

    public DateTimeOffset? Time { get; private set; }

    /// <summary>When the gateway took it; null when the record does not say.</summary>
    public DateTimeOffset? RecordedTime { get; private set; }

    public bool Marked { get; private set; }

    public string? TraceParent { get; private set; }

    public string? TraceState { get; private set; }

    /// <summary>Why a dead letter is one: its extension attribute <c>reason</c>.</summary>
    public string? Reason { get; private set; }

    /// <summary>Why the record is no valid CloudEvent; null when it is one.</summary>
    public string? Error { get; private set; }

    public static RecordEnvelope Read(Message<byte[]?, byte[]?> message)
    {
        var envelope = default(RecordEnvelope);
        var headers = message.Headers?.BackingList;
        for (var index = 0; index < (headers?.Count ?? 0); index++)
        {
            if (headers![index].GetValueBytes() is not { } value)
                continue;
            if (headers[index].Key == "content-type" && StructuredEvents.IsStructured(value))
                return StructuredEvents.Read(message, envelope);
            envelope.Take(headers[index].Key, value);
        }
        envelope.Error ??= envelope.MissingAttribute();
        return envelope;
    }

    /// <summary>From when its way to here is measured: the event's time, or, for one recorded before <paramref name="start"/>, when a gateway took it, if it says so.</summary>
    public readonly DateTimeOffset? Departure(DateTimeOffset start) => Time < start ? RecordedTime ?? Time : Time;

    /// <summary>Fills the attributes from an event that was not in binary mode.</summary>
    public void Take(string source, string? sequence, DateTimeOffset? time, string? error)
    {
        (Source, Time, Error) = (source, time, error);
        if (long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            Sequence = number;
    }

    private void Take(string key, byte[] value)
    {
        switch (key)
        {
            case "ce_specversion":
                _hasSpecVersion = true;
                if (!value.AsSpan().SequenceEqual("1.0"u8))
                    Error = $"ce_specversion is not {SpecVersion}";
                break;
            case "ce_id":
                _hasId = value.Length > 0;
                break;
            case "ce_type":
                _hasType = value.Length > 0;
                break;
            case "ce_source":
                Source = value.Length > 0 ? Encoding.UTF8.GetString(value) : null;
                break;
            case "ce_sequence":
                Sequence = Utf8Parser.TryParse(value, out long sequence, out var used) && used == value.Length ? sequence : 0;
                break;
            case "ce_time":
                Time = ParseTime(value);
                Error ??= Time is null ? "ce_time is no RFC 3339 timestamp" : null;
                break;
            case "ce_recordedtime":
                RecordedTime = ParseTime(value);
                break;
            case "ce_reason":
                Reason = Encoding.UTF8.GetString(value);
                break;
            case RedeliveryHeader:
                Marked = value.AsSpan().SequenceEqual("possible-duplicate"u8);
                break;
            case "traceparent":
                TraceParent = Encoding.UTF8.GetString(value);
                break;
            case "tracestate":
                TraceState = Encoding.UTF8.GetString(value);
                break;
        }
    }

    private readonly string? MissingAttribute() => (_hasSpecVersion, _hasId, Source, _hasType) switch
    {
        (false, false, null, false) => "not a CloudEvent: no ce_specversion header and no structured content type",
        (false, _, _, _) => "ce_specversion is missing",
        (_, false, _, _) => "ce_id is missing or empty",
        (_, _, null, _) => "ce_source is missing or empty",
        (_, _, _, false) => "ce_type is missing or empty",
        _ => null,
    };

    /// <summary>RFC 3339: <c>2026-01-01T12:00:00.1234567Z</c>.</summary>
    private static DateTimeOffset? ParseTime(ReadOnlySpan<byte> value)
    {
        const int Longest = 40;
        Span<char> text = stackalloc char[Longest];
        if (value.Length is < 20 or > Longest || value[10] is not ((byte)'T' or (byte)'t') || Encoding.UTF8.GetCharCount(value) != value.Length)
            return null;
        Encoding.UTF8.GetChars(value, text);
        return DateTimeOffset.TryParse(text[..value.Length], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
